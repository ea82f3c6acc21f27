import bowser from 'bowser'

/** Longer ones are of no browser, and reading them costs time. */
const maxAgent = 512

/** A user agent as `system/program/version`; as it is where nothing in it is known. */
export function deviceFamily(userAgent: string): string {
  if (userAgent.trim() === '') return 'unknown'
  const { os, browser } = bowser.parse(userAgent.slice(0, maxAgent))
  const parts = [os.name, browser.name, browser.version].filter((part) => part !== undefined)
  const known = parts.filter((part) => part !== '')
  return known.length > 0 ? known.join('/') : userAgent.slice(0, maxAgent)
}
