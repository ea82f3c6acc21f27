import { existsSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

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

/** A page on which its policy refuses nothing, nothing comes from elsewhere and no script fails. */
export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (line) => {
    if (/Content Security Policy/i.test(line.text())) problems.push(line.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) problems.push(request.url())
  })
  onTestFinished(() => expect(problems).toEqual([]))
  return page
}

/** A picture of the page where STRONGROOM_TEST_SHOTS names a folder for them. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.STRONGROOM_TEST_SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
