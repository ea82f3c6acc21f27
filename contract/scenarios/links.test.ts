import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { callOperation, type FaceDriver } from '../face-driver.ts'
import type { Send } from '../row.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type FaceClient, isRefusal, type LinkRef } from './client.ts'
import { faces } from './faces.ts'

type Body = Record<string, unknown>

describe('a link that is counted, and a box', () => {
  let world: World
  let ids: ReadonlyMap<string, number>
  const headers = new Map<FaceDriver, Record<string, string>>()
  beforeAll(async () => {
    world = await startWorld()
    const cast = await castPeople(world)
    ids = await makeGiven(world.app, cast, 'Room', {
      '/f': 'folder',
      '/f/a.txt': { file: 'alpha' },
      '/in': 'folder',
    })
    for (const driver of [dracoon, drumee]) {
      headers.set(driver, await driver.signIn(world.url, 'writer', password))
    }
  })
  afterAll(() => world?.stop())

  const call = async (driver: FaceDriver, op: string, send: Send, isSigned = true) => {
    const own = isSigned ? (headers.get(driver) ?? {}) : {}
    const { status, body } = await callOperation(driver, world.url, op, send, own)
    return { status, body: body as Body & Body[] }
  }
  const idOf = (path: string) => ids.get(path) ?? 0

  const enter = async (face: FaceClient, link: LinkRef) => {
    const visitor = await face.visit(world.url, link)
    if (isRefusal(visitor)) throw new Error(`${face.name}: ${visitor.text}`)
    return visitor
  }

  it('its downloads are counted together, and the last is taken once', async () => {
    const body = { nodeId: idOf('/f'), maxDownloads: 4 }
    const made = await call(dracoon, 'createDownloadShare', { body })
    const link = { token: String(made.body.accessKey), kind: 'download' } as const
    const visitors = await Promise.all(faces.map((face) => enter(face, link)))
    for (const visitor of visitors) {
      expect(await visitor.download(['a.txt'])).toEqual(Buffer.from('alpha'))
    }
    const taken = await Promise.all(visitors.map((visitor) => visitor.download(['a.txt'])))
    expect(taken.filter((one) => !isRefusal(one))).toEqual([Buffer.from('alpha')])
    const params = { share_id: Number(made.body.id) }
    const seen = await call(dracoon, 'requestDownloadShare', { params })
    expect(seen.body).toMatchObject({ cntDownloads: 4, maxDownloads: 4 })
    const page = await fetch(`${world.url}/public/shares/${link.token}`)
    expect(await page.text()).toContain('All downloads of this link have been used')
  })

  it('what comes in is counted together, and nothing is overwritten', async () => {
    const body = { targetId: idOf('/in'), maxSlots: 3 }
    const made = await call(dracoon, 'createUploadShare', { body })
    const link = { token: String(made.body.accessKey), kind: 'upload' } as const
    for (const face of faces) {
      const visitor = await enter(face, link)
      expect(await visitor.bring('b', Buffer.from(face.name)), face.name).toBeUndefined()
    }
    for (const face of faces) {
      const visitor = await face.visit(world.url, link)
      const more = isRefusal(visitor) ? visitor : await visitor.bring('c', Buffer.from('c'))
      expect(isRefusal(more), face.name).toBe(true)
    }
    const params = { share_id: Number(made.body.id) }
    const seen = await call(dracoon, 'requestUploadShare', { params })
    expect(seen.body).toMatchObject({ cntFiles: 3, cntUploads: 3 })
    const nodes = await call(dracoon, 'requestNodes', { query: { parent_id: idOf('/in') } })
    const names = (nodes.body.items as { name: string }[]).map(({ name }) => name)
    expect(names.sort()).toEqual(['b', 'b (1)', 'b (2)'])
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
