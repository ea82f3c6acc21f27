import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drumee } from '../drumee/driver.ts'
import { callOperation } from '../face-driver.ts'
import { type MailSink, startMailSink } from '../mail-sink.ts'
import { hasBrowser, openBrowser, shot, watchedPage } from './browser.ts'
import { fileName, openScene, type PagesScene } from './pages-scene.ts'

/** Without TLS, as the server of this test. */
const publicUrl = 'http://files.example.test'

describe.runIf(hasBrowser())("addresses of Drumee's web client in a browser", () => {
  let sink: MailSink
  let scene: PagesScene
  let browser: Browser
  beforeAll(async () => {
    sink = await startMailSink()
    scene = await openScene({ ...sink.env, STRONGROOM_PUBLIC_URL: publicUrl })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.world.stop()
    await sink?.stop()
  })

  const front = (way: string) => `${scene.world.url}/-/#${way}`

  it('a box: password, list, download, and a file that is brought', async () => {
    const fields = { name: 'Our box', password: 'secret', takesUploads: true, maxFiles: 3 }
    const made = await scene.link('download', scene.ids.f, fields)
    const page = await watchedPage(browser, scene.world.url)
    await page.goto(front(`/dmz/${made.token}`))
    await page.getByLabel('Password').fill('secret')
    await page.keyboard.press('Enter')
    const get = page.getByRole('button', { name: `Download ${fileName}` })
    const [download] = await Promise.all([page.waitForEvent('download'), get.click()])
    expect(await readFile(await download.path(), 'utf8')).toBe('0123456789')
    await shot(page, 'box')
    await page.getByLabel('Choose files').setInputFiles([
      { name: 'brought.txt', mimeType: 'text/plain', buffer: Buffer.from('brought') },
      { name: 'bad?.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
    ])
    await page.getByRole('button', { name: 'Download brought.txt' }).waitFor()
    await page.getByText('2 more files').waitFor()
    await page.getByText('failed: a file cannot have this name', { exact: true }).waitFor()
    await shot(page, 'box-brought')
    const brought = await scene.ctx.read(async (tx) =>
      tx.nodes.findMany(await tx.links.files(made.id, 10)),
    )
    expect(brought.map(({ name, content }) => [name, content?.size])).toEqual([['brought.txt', 7]])
    await page.getByRole('link', { name: 'deep' }).click()
    await page.getByRole('rowheader', { name: 'leaf.txt' }).waitFor()
    const deeper = { name: 'deeper.txt', mimeType: 'text/plain', buffer: Buffer.from('d') }
    await page.getByLabel('Choose files').setInputFiles([deeper])
    await page.getByRole('button', { name: 'Download deeper.txt' }).waitFor()
  })

  it('a link for uploads alone, and one that is gone', async () => {
    const made = await scene.link('upload', scene.ids.deep, { name: 'Bring it' })
    const page = await watchedPage(browser, scene.world.url)
    await page.goto(front(`/dmz/inbound/token=${made.token}`))
    await page.getByRole('heading', { name: 'Bring it' }).waitFor()
    await page.getByText('Choose files').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/public/upload-shares/${made.token}`)
    await page.goto(front('/dmz/nothing-of-ours'))
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.goto(front('/desk'))
    await page.getByRole('heading', { name: 'This address leads nowhere' }).waitFor()
    await shot(page, 'nowhere')
  })

  it('a mailed link sets another password', async () => {
    const { url } = scene.world
    const body = { email: 'reader@example.test' }
    await callOperation(drumee, url, 'butler.get_reset_token', { body }, {})
    const page = await watchedPage(browser, url)
    const link = (await sink.waitForMail(body.email)).link(`${publicUrl}/-/#/welcome/reset/`)
    await page.goto(link.replace(publicUrl, url))
    await page.getByLabel('New password').fill('a-new-long-password')
    await page.getByLabel('The same again').fill('not the same')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await shot(page, 'password-differs')
    await page.getByLabel('New password').fill('a-new-long-password')
    await page.getByLabel('The same again').fill('a-new-long-password')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await drumee.signIn(url, 'reader', 'a-new-long-password')
  })
})
