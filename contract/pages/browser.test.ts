import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser, shot, watchedPage } from './browser.ts'
import { fileName, openScene, type PagesScene } from './pages-scene.ts'

describe.runIf(hasBrowser())('the pages of links in a browser', () => {
  let scene: PagesScene
  let browser: Browser
  beforeAll(async () => {
    scene = await openScene()
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.world.stop()
  })

  const openPage = (options: BrowserContextOptions = {}) =>
    watchedPage(browser, scene.world.url, options)
  const saved = async (page: Page, press: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()])
    const text = await readFile(await download.path(), 'utf8')
    return { name: download.suggestedFilename(), text }
  }
  const filesIn = (linkId: number) =>
    scene.ctx.read(async (tx) => tx.nodes.findMany(await tx.links.files(linkId, 10)))

  it('without scripts, by keyboard: password, folders, download', async () => {
    const made = await scene.link('download', scene.ids.f, {
      name: 'Documents for you',
      notes: 'Please read these.',
      password: 'secret',
      showCreatorName: true,
    })
    const page = await openPage({ javaScriptEnabled: false })
    await page.goto(made.url)
    await shot(page, 'password')
    await page.keyboard.type('nope')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await shot(page, 'password-wrong')
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true')
    await page.keyboard.type('secret')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'deep' }).waitFor()
    await shot(page, 'folder')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('rowheader', { name: 'leaf.txt' }).waitFor()
    await shot(page, 'folder-deep')
    const leaf = page.getByRole('button', { name: 'Download leaf.txt' })
    expect(await saved(page, () => leaf.press('Enter'))).toEqual({
      name: 'leaf.txt',
      text: 'a leaf',
    })
    await page.getByRole('navigation').getByRole('link').click()
    const all = page.getByRole('button', { name: 'Download everything (ZIP)' })
    const archive = await saved(page, () => all.click())
    expect(archive.name).toBe('f.zip')
    expect(archive.text.startsWith('PK')).toBe(true)
  })

  it('in the dark, on a small screen, in German', async () => {
    const made = await scene.link('download', scene.ids.file, {
      expireAt: Date.now() + 86_400_000,
      showCreatorName: true,
    })
    const small = { width: 360, height: 640 }
    const page = await openPage({ locale: 'de-DE', colorScheme: 'dark', viewport: small })
    await page.goto(made.url)
    await shot(page, 'file-dark-small')
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(small.width)
    const button = page.getByRole('button', { name: `${fileName} herunterladen` })
    const { name, text } = await saved(page, () => button.click())
    expect([name, text]).toEqual([fileName, '0123456789'])
    const folder = await scene.link('download', scene.ids.f)
    await page.goto(folder.url)
    await shot(page, 'folder-dark-small')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })

  const chosen = (name: string, text: string | Buffer) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  })

  it('files are uploaded with their progress, past a connection that breaks', async () => {
    const made = await scene.link('upload', scene.ids.deep, {
      name: 'Bring your files',
      password: 'secret',
      maxFiles: 4,
      showUploaded: true,
    })
    const page = await openPage()
    await page.goto(made.url)
    await page.getByLabel('Password').fill('secret')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('Choose files').waitFor()
    await shot(page, 'upload')
    let broken = 0
    await page.route('**/api/v4/public/shares/uploads/*/*', (route) => {
      const isChunk = route.request().method() === 'POST'
      if (isChunk && broken++ === 1) return route.abort('connectionreset')
      return route.continue()
    })
    const large = Buffer.alloc(9 * 2 ** 20, 'x')
    await page
      .getByLabel('Choose files')
      .setInputFiles([
        chosen('small.txt', 'small'),
        chosen('large.bin', large),
        chosen('empty', ''),
        chosen('bad?.txt', 'x'),
      ])
    await page.getByText('the connection broke; trying again').waitFor()
    await shot(page, 'upload-retrying')
    await page
      .getByText('failed: a file cannot have this name', { exact: true })
      .waitFor({ timeout: 60_000 })
    await shot(page, 'upload-done')
    expect(await page.locator('.queue .done').count()).toBe(3)
    expect(await page.getByRole('status').textContent()).toContain('bad?.txt failed')
    const brought = await filesIn(made.id)
    const sizes = Object.fromEntries(brought.map(({ name, content }) => [name, content?.size]))
    expect(sizes).toEqual({ 'small.txt': 5, 'large.bin': large.length, empty: 0 })
    await page.getByRole('button', { name: 'Remove: bad?.txt' }).click()
    expect(await page.locator('.queue li').count()).toBe(3)
    await page.reload()
    await page.getByRole('heading', { name: 'Files that are there already' }).waitFor()
    await page.getByText('One more file').waitFor()
    await shot(page, 'upload-again')
  }, 90_000)

  it('what the link refuses is said, and can be tried again', async () => {
    const made = await scene.link('upload', scene.ids.deep, { maxFiles: 1 })
    const page = await openPage({ colorScheme: 'dark' })
    await page.goto(made.url)
    await scene.ctx.write((tx) => tx.links.takeUpload(made.id, 1))
    await page.getByLabel('Choose files').setInputFiles([chosen('late.txt', 'late')])
    await page.getByText('failed: the link takes no more files', { exact: true }).waitFor()
    await shot(page, 'upload-refused-dark')
    await scene.ctx.write((tx) => tx.links.update(made.id, { maxFiles: 2 }))
    await page.getByRole('button', { name: 'Try again: late.txt' }).press('Enter')
    await page.getByText('uploaded', { exact: true }).waitFor()
    expect((await filesIn(made.id)).map(({ name }) => name)).toEqual(['late.txt'])
  })
})
