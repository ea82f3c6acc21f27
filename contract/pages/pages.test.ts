import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeLinks } from '../../server/core/links/change-links.ts'
import { deleteLinks } from '../../server/core/links/delete-links.ts'
import { ALL, READ } from '../../server/core/permissions/permission.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import { strangerHost } from '../scene.ts'
import { contextNow, fileName, type Made, openScene, type PagesScene } from './pages-scene.ts'

describe('the pages of links', () => {
  let scene: PagesScene
  beforeAll(async () => {
    scene = await openScene()
  })
  afterAll(() => scene?.world.stop())

  const get = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers, redirect: 'manual' })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const post = async (url: string, form: Record<string, string>, cookie = '') => {
    const body = new URLSearchParams(form)
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { cookie },
      redirect: 'manual',
    })
    const location = response.headers.get('location') ?? ''
    const set = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    return { status: response.status, location, cookie: set, text: await response.text() }
  }
  const fetched = async ({ url }: Made, form: Record<string, string> = {}, cookie = '') => {
    const { status, location } = await post(`${url}/fetch`, form, cookie)
    expect(status).toBe(303)
    return get(scene.world.url + location)
  }
  const downloadsOf = async ({ id }: Made) =>
    (await scene.ctx.read((tx) => tx.links.find(id)))?.downloads

  it('show a file, and give it at the press of a button', async () => {
    const made = await scene.link('download', scene.ids.file, {
      name: '<script>alert(1)</script>',
      notes: 'a "note" & more',
      showCreatorName: true,
      expireAt: Date.now() + 86_400_000,
    })
    const page = await get(made.url)
    expect(page.status).toBe(200)
    expect(page.text).toContain('&#60;script&#62;alert(1)&#60;/script&#62;</h1>')
    expect(page.text).toContain('a &#34;note&#34; &#38; more</blockquote>')
    expect(page.text).toContain('from manager Person')
    expect(page.text).toContain('a &#38; b.txt')
    expect(page.text).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; style-src 'self'/,
    )
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    await get(made.url)
    expect(await downloadsOf(made)).toBe(0)
    const file = await fetched(made)
    expect(file).toMatchObject({ status: 200, text: '0123456789' })
    expect(file.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(await downloadsOf(made)).toBe(1)
  })

  it('show a picture before it is fetched, and take no download for it', async () => {
    const place = { parent: { id: scene.ids.deep }, name: 'photo.png' }
    const source = Readable.from([smallPng])
    const { node } = await storeFile(contextNow(scene.ctx), { ...place, source })
    const made = await scene.link('download', node.id, { maxDownloads: 1, password: 'a secret' })
    const address = /<img class="preview" src="([^"]+)"/
    expect((await get(made.url)).text).not.toMatch(address)
    const { cookie } = await post(made.url, { password: 'a secret' })
    const [, path = ''] = address.exec((await get(made.url, { cookie })).text) ?? []
    expect((await get(scene.world.url + path)).status).toBe(401)
    const picture = await get(scene.world.url + path, { cookie })
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(await downloadsOf(made)).toBe(0)
    await fetched(made, {}, cookie)
    expect((await get(scene.world.url + path, { cookie })).status).toBe(410)
    expect((await get(made.url, { cookie })).text).not.toMatch(address)
  })

  it('speak the language of the browser', async () => {
    const made = await scene.link('download', scene.ids.file)
    const german = await get(made.url, { 'accept-language': 'fr, de-CH;q=0.8, en;q=0.5' })
    expect(german.text).toContain('<html lang="de">')
    expect(german.text).toContain('Herunterladen</button>')
    expect((await get(made.url, { 'accept-language': 'fr' })).text).toContain('<html lang="en">')
  })

  it('lead through folders, file by file or as one archive', async () => {
    const made = await scene.link('download', scene.ids.f)
    const top = await get(made.url)
    expect(top.text).toContain(`?in=deep">deep</a>`)
    expect(top.text).toContain('a &#38; b.txt')
    const deep = await get(`${made.url}?in=deep`)
    expect(deep.text).toContain('<li aria-current="page">deep</li>')
    expect(deep.text).toContain('leaf.txt')
    expect(await fetched(made, { in: 'deep/leaf.txt' })).toMatchObject({ text: 'a leaf' })
    expect(await fetched(made, { in: fileName })).toMatchObject({ text: '0123456789' })
    const archive = await fetched(made, { as: 'zip' })
    expect(archive.headers.get('content-type')).toBe('application/zip')
    expect(archive.text).toContain('deep/leaf.txt')
    expect((await get(`${made.url}?in=nothing`)).status).toBe(404)
    expect((await get(`${made.url}?in=..%2F..`)).status).toBe(404)
    expect((await post(`${made.url}/fetch`, {})).status).toBe(404)
    expect(await downloadsOf(made)).toBe(3)
    const room = await scene.link('download', scene.ids.room)
    expect((await get(room.url)).text).toContain('?in=f">f</a>')
  })

  it('ask for a password, and keep none of it', async () => {
    const made = await scene.link('download', scene.ids.f, { password: 'sécret', notes: 'seen' })
    const asked = await get(made.url)
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('type="password"')
    expect(asked.text).not.toContain('leaf')
    expect(asked.text).not.toContain('a &#38; b.txt')
    expect((await post(`${made.url}/fetch`, { as: 'zip' })).status).toBe(401)
    const wrong = await post(made.url, { password: 'nope' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('role="alert">The password is wrong.')
    const { status, location, cookie } = await post(made.url, { password: 'sécret' })
    expect([status, location]).toEqual([303, new URL(made.url).pathname])
    expect(cookie).not.toContain('s%C3%A9cret')
    const inside = await get(made.url, { cookie })
    expect(inside.text).toContain('a &#38; b.txt')
    expect(await fetched(made, { in: 'deep/leaf.txt' }, cookie)).toMatchObject({ text: 'a leaf' })
    const other = await scene.link('download', scene.ids.f, { password: 'sécret' })
    expect((await get(other.url, { cookie })).text).toContain('type="password"')
    const change = { password: 'new' }
    await changeLinks(contextNow(scene.ctx), { ids: [made.id], change })
    expect((await get(made.url, { cookie })).text).toContain('type="password"')
    expect((await post(`${made.url}/fetch`, { as: 'zip' }, cookie)).status).toBe(401)
  })

  it('lock the door after many wrong passwords', async () => {
    const made = await scene.link('download', scene.ids.f, { password: 'secret' })
    for (let round = 0; round < 12; round++) await post(made.url, { password: 'nope' })
    const locked = await post(made.url, { password: 'secret' })
    expect(locked.status).toBe(403)
    expect(locked.text).toContain('Too many wrong passwords')
  })

  it('say when it is over', async () => {
    const made = await scene.link('download', scene.ids.file, { maxDownloads: 1 })
    await fetched(made)
    expect((await get(made.url)).text).toContain('All downloads of this link have been used')
    expect((await post(`${made.url}/fetch`, {})).status).toBe(410)
    const soon = await scene.link('download', scene.ids.file, { expireAt: Date.now() + 300 })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await get(soon.url)).toMatchObject({ status: 410 })
    const gone = await scene.link('download', scene.ids.file)
    await deleteLinks(contextNow(scene.ctx), { ids: [gone.id] })
    expect(await get(gone.url)).toMatchObject({ status: 404 })
    expect(await get(`${scene.world.url}/public/download-shares/x`)).toMatchObject({ status: 404 })
    expect(await get(`${scene.world.url}/public/nothing`)).toMatchObject({ status: 404 })
    const wrong = await fetch(made.url, { method: 'DELETE' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  })

  it('hold with the right of the maker, and in his tenant', async () => {
    const made = await scene.link('download', scene.ids.f)
    const elsewhere = made.url.replace('127.0.0.1', strangerHost)
    expect(await get(elsewhere)).toMatchObject({ status: 404 })
    const set = (permissions: number) =>
      setRoomGrants(contextNow({ ...scene.ctx, actor: { kind: 'system' } }), {
        room: { id: scene.ids.room },
        grants: [
          { userId: scene.cast.ids.admin, permissions: ALL },
          { userId: scene.cast.ids.manager, permissions },
        ],
      })
    await set(READ)
    expect(await get(made.url)).toMatchObject({ status: 404 })
    await set(ALL)
    expect(await get(made.url)).toMatchObject({ status: 200 })
  })

  it('show what an upload link takes, after its password', async () => {
    const more = { maxFiles: 2, maxBytes: 2048, showUploaded: true, password: 'secret' }
    const made = await scene.link('upload', scene.ids.deep, more)
    const asked = await get(made.url)
    expect(asked.text).toContain('type="password"')
    expect(asked.text).not.toContain('type="file"')
    const { cookie } = await post(made.url, { password: 'secret' })
    const inside = await get(made.url, { cookie })
    expect(inside.text).toContain('2 more files, up to 2.0 KiB in all')
    expect(inside.text).not.toContain(cookie.split('=')[1])
    const bring = (form: Record<string, string>, by = cookie, { url } = made) =>
      post(`${url}/uploads`, { name: 'x', size: '1', ...form }, by)
    expect(await bring({})).toMatchObject({
      status: 201,
      text: expect.stringContaining('uploadId'),
    })
    const refusals = [
      [await bring({}, ''), 401, 'password'],
      [await bring({ name: 'a?' }), 400, 'name'],
      [await bring({ size: '4096' }), 410, 'bytes'],
      [await bring({ size: 'x' }), 400, 'other'],
      [await bring({ in: 'leaf.txt' }), 404, 'ended'],
    ] as const
    for (const [{ status, text }, wanted, reason] of refusals) {
      expect([status, JSON.parse(text)]).toEqual([wanted, { reason }])
    }
    const full = await scene.link('upload', scene.ids.deep, { maxFiles: 1 })
    await scene.ctx.write((tx) => tx.links.takeUpload(full.id, 1))
    expect((await get(full.url)).text).toContain('takes no more files')
    const download = await scene.link('download', scene.ids.f)
    expect(await get(download.url.replace('download', 'upload'))).toMatchObject({ status: 404 })
  })

  it('bring style and script from here, for good', async () => {
    const made = await scene.link('upload', scene.ids.deep)
    const { text } = await get(made.url)
    const found = [...text.matchAll(/(?:href|src)="(\/public\/assets\/[^"]+)"/g)].map(
      ([, path]) => path,
    )
    expect(found).toHaveLength(2)
    for (const path of found) {
      const asset = await get(scene.world.url + path)
      expect(asset.status).toBe(200)
      expect(asset.headers.get('cache-control')).toContain('immutable')
    }
    expect(text).not.toMatch(/(?:href|src)="https?:/)
    expect(text).not.toMatch(/ on\w+="| style="/)
    expect((await get(`${scene.world.url}/public/assets/x/__proto__`)).status).toBe(404)
  })
})
