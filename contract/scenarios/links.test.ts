import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { callOperation, type FaceDriver } from '../face-driver.ts'
import type { Send } from '../row.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

type Body = Record<string, unknown>

describe('a link is one thing in every API', () => {
  let world: World
  let ids: ReadonlyMap<string, number>
  const headers = new Map<FaceDriver, Record<string, string>>()
  beforeAll(async () => {
    world = await startWorld()
    const cast = await castPeople(world)
    ids = await makeGiven(world.app, cast, 'Room', {
      '/f': 'folder',
      '/f/a.txt': { file: 'alpha' },
    })
    for (const driver of [dracoon, cloudikeDriver, drumee]) {
      headers.set(driver, await driver.signIn(world.url, 'writer', password))
    }
  })
  afterAll(() => world?.stop())

  const call = async (driver: FaceDriver, op: string, send: Send, isSigned = true) => {
    const own = isSigned ? (headers.get(driver) ?? {}) : {}
    const { status, body } = await callOperation(driver, world.url, op, send, own)
    return { status, body: body as Body & Body[] }
  }
  const created = async (op: string, body: object) => {
    const made = await call(dracoon, op, { body })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return { id: Number(made.body.id), accessKey: String(made.body.accessKey) }
  }
  const idOf = (path: string) => ids.get(path) ?? 0

  it('made here, it is listed, opened, counted and ended there', async () => {
    const share = await created('createDownloadShare', {
      nodeId: idOf('/f'),
      password: 'secret',
      maxDownloads: 3,
    })
    const { id, accessKey: hash } = share
    const listed = await call(cloudikeDriver, 'links', { query: { hash } })
    expect(listed.body).toMatchObject([
      { path: '/Room/f', public_hash: hash, access_rights: 'download', password: true },
    ])
    const place = { params: { hash, path: 'a.txt' } }
    const closed = await call(cloudikeDriver, 'linksGet', place, false)
    expect([closed.status, closed.body.code]).toEqual([403, 'LinkPasswordRequired'])
    const query = { password: 'secret' }
    const opened = await call(cloudikeDriver, 'linksGet', { ...place, query }, false)
    expect(await (await fetch(String(opened.body.url))).text()).toBe('alpha')
    const seen = await call(dracoon, 'requestDownloadShare', { params: { share_id: id } })
    expect(seen.body).toMatchObject({ cntDownloads: 1, maxDownloads: 3 })
    const change = { maxDownloads: 1, resetPassword: true }
    await call(dracoon, 'updateDownloadShare', { params: { share_id: id }, body: change })
    const used = await call(cloudikeDriver, 'linksGet', place, false)
    expect([used.status, used.body.code]).toEqual([403, 'LinkDownloadsExceeded'])
    const page = () => fetch(`${world.url}/public/download-shares/${hash}`)
    expect(await (await page()).text()).toContain('All downloads of this link have been used')
    await call(cloudikeDriver, 'linksDelete', { body: { path: '/Room/f' } })
    expect((await page()).status).toBe(404)
    const gone = await call(dracoon, 'requestDownloadShare', { params: { share_id: id } })
    expect([gone.status, gone.body.errorCode]).toEqual([404, -60000])
  })

  it('files come in through either side, and count for both', async () => {
    const body = { path: '/Room/f', upload_folder: true }
    const made = await call(cloudikeDriver, 'linksCreate', { body })
    const hash = String(made.body.public_hash)
    const key = { params: { access_key: hash } }
    const opened = await call(
      dracoon,
      'createShareUploadChannel',
      { ...key, body: { name: 'b' } },
      false,
    )
    const upload = { params: { access_key: hash, upload_id: String(opened.body.uploadId) } }
    await call(dracoon, 'uploadFileAsMultipartPublic_1', { ...upload, bytes: 'from here' }, false)
    const end = await call(dracoon, 'completeFileUploadViaShare', { ...upload, body: {} }, false)
    expect(end.body).toMatchObject({ name: 'b', size: 9 })
    const announced = await call(
      cloudikeDriver,
      'linksFileCreate',
      { params: { hash }, body: { path: 'b' } },
      false,
    )
    const url = String(announced.body.url)
    const confirmUrl = String(announced.body.confirm_url)
    const form = new FormData()
    form.set('file', new Blob(['from there']), 'x')
    await fetch(url, { method: 'POST', body: form })
    const confirmed = (await (await fetch(confirmUrl, { method: 'POST' })).json()) as Body
    expect(confirmed).toMatchObject({ path: '/b (1)', bytes: 10 })
    const listed = await call(dracoon, 'requestUploadShares', {
      query: { filter: `accessKey:cn:${hash}` },
    })
    expect(listed.body.items).toMatchObject([{ cntFiles: 2, cntUploads: 2 }])
    const nodes = await call(dracoon, 'requestNodes', { query: { parent_id: idOf('/f') } })
    const names = (nodes.body.items as { name: string }[]).map(({ name }) => name)
    expect(names.sort()).toEqual(['a.txt', 'b', 'b (1)'])
  })

  it('a box is a share of its folder, which fills it, and ends with that', async () => {
    const body = { email: 'guest@outside.test', password: 'secret', days: 1 }
    const made = await call(drumee, 'sharebox.create_private_box', { body })
    const { nid, share_id: key, home_id: homeId } = made.body.data as Body
    const shares = async () => {
      const filter = { query: { filter: `accessKey:cn:${key}` } }
      const { items } = (await call(dracoon, 'requestDownloadShares', filter)).body
      return items as Body[]
    }
    const [share] = await shares()
    expect(share).toMatchObject({ nodePath: '/Homes/writer/guest@outside.test', isProtected: true })
    const brought = { params: { access_key: String(key) }, body: { name: 'b', password: 'secret' } }
    const opened = await call(dracoon, 'createShareUploadChannel', brought, false)
    const upload = { params: { access_key: String(key), upload_id: String(opened.body.uploadId) } }
    await call(dracoon, 'uploadFileAsMultipartPublic_1', { ...upload, bytes: 'a gift' }, false)
    await call(dracoon, 'completeFileUploadViaShare', { ...upload, body: {} }, false)
    const inside = await call(drumee, 'media.show_node_by', { body: { hub_id: homeId, nid } })
    expect(inside.body.data).toMatchObject([{ filename: 'b', filesize: 6 }])
    const params = { share_id: Number(share?.id) }
    expect((await call(dracoon, 'removeDownloadShare', { params })).status).toBe(204)
    const gone = await call(drumee, 'sharebox.get_box_attr', { body: { nid } })
    expect([gone.status, gone.body.error]).toEqual([404, 'NODE_NOT_FOUND'])
    expect(await shares()).toEqual([])
  })
})
