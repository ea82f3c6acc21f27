import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/** Where the browser of the tests lies: STRONGROOM_TEST_CHROMIUM, or the usual place. */
const program = process.env.STRONGROOM_TEST_CHROMIUM ?? '/usr/bin/chromium'

/** Whether there is a browser; a line says so where there is none. */
export function hasBrowser(): boolean {
  const isThere = existsSync(program)
  if (!isThere) console.log(`Not tested in a browser: there is no ${program}`)
  return isThere
}

export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']
  return chromium.launch({ executablePath: program, args })
}
