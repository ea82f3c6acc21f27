/** The longest host name (RFC 1035, section 2.3.4), with room for an address in brackets. */
const maxHost = 255

/**
 * The form in which host names are kept and looked up: without port and last dot, small letters.
 * '' for none; undefined for what cannot be one.
 */
export function hostKey(host: string): string | undefined {
  if (host.length > maxHost + 6) return undefined
  const name = host
    .trim()
    .replace(/:\d{0,5}$/, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (name === '') return ''
  const address = /^\[[0-9a-f:.]{2,45}\]$/.test(name)
  return address || /^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?$/.test(name) ? name : undefined
}
