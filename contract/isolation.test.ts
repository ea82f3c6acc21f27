import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userCode } from '../server/faces/drumee/ids.ts'
import { drivers } from './drivers.ts'
import { enterBox, makeBox } from './drumee/visit-scene.ts'
import { callOperation, type FaceDriver, type HttpAnswer } from './face-driver.ts'
import { cloudikeMatrix } from './matrix/cloudike.ts'
import { dracoonMatrix } from './matrix/dracoon.ts'
import type { MatrixRow } from './matrix/matrix-row.ts'
import type { Given, Send } from './row.ts'
import { lastEvent, openStage, type Stage, setScene, urlFor } from './run.ts'
import { makeGiven, password, strangerHost } from './scene.ts'

const lanes = 16
const lastId = 10_000
const rooms = 40
/** Part of every name in the default tenant; no answer to the other tenant may hold it. */
const mark = 'Vault'

const given: Given = Object.fromEntries(
  [1, 2, 3].flatMap((number) => [
    [`/${mark} folder ${number}`, 'folder' as const],
    [`/${mark} folder ${number}/${mark} file`, { file: `${mark} bytes ${number}` }],
    [`/${mark} file ${number}`, { file: `${mark} bytes` }],
  ]),
)

type Walk = {
  readonly name: string
  readonly face: FaceDriver['name']
  readonly op: string
  /** Ids that are asked for besides those that the default tenant has: every so many. */
  readonly step: number
  send(id: number): Send
}

const walks: readonly Walk[] = [
  walk('dracoon', 'requestNode', 1, (id) => ({ params: { node_id: id } })),
  walk('dracoon', 'requestNodes', 100, (id) => ({ query: { parent_id: id } })),
  walk('dracoon', 'requestUser', 100, (id) => ({ params: { user_id: id } })),
  walk('dracoon', 'requestDownloadShare', 100, (id) => ({ params: { share_id: id } })),
  walk('dracoon', 'requestUploadStatusFiles', 100, (id) => ({ params: { upload_id: id } })),
  walk('dracoon', 'requestRoomUsers', 100, (id) => ({ params: { room_id: id } })),
  walk('drumee', 'media.get_node_attr', 100, (id) => ({ body: { nid: userCode(id) } })),
  walk('drumee', 'media.show_node_by', 100, (id) => ({ body: { hub_id: userCode(id), nid: '0' } })),
]

function walk(face: Walk['face'], op: string, step: number, send: Walk['send']): Walk {
  return { name: `${face} ${op}`, face, op, step, send }
}

describe('the other tenant', () => {
  let stage: Stage
  let real: Set<number>
  let paths: string[]

  beforeAll(async () => {
    stage = await openStage(drivers.dracoon)
    const objects = await fillVault(stage)
    real = objects.ids
    paths = objects.paths
  })
  afterAll(() => stage?.world.stop())

  const signIn = (face: FaceDriver['name'], persona: 'stranger' | 'admin') =>
    drivers[face].signIn(urlFor(stage.world, persona), persona, password)

  const callAll = async (one: Walk, persona: 'stranger' | 'admin', ids: readonly number[]) => {
    const headers = await signIn(one.face, persona)
    const url = urlFor(stage.world, persona)
    return inLanes(ids, (id) =>
      callOperation(drivers[one.face], url, one.op, one.send(id), headers),
    )
  }

  it('stands beside several hundred objects that the default tenant sees', async () => {
    const ids = [...real]
    expect(ids.length).toBeGreaterThan(400)
    const answers = await callAll(walks[0]!, 'admin', ids)
    const seen = answers.filter(({ status, text }) => status === 200 && text.includes(mark))
    expect(seen.length).toBeGreaterThan(300)
  })

  it.each(walks)('finds nothing by id: $name', { timeout: 60_000 }, async (one) => {
    const some = Array.from({ length: lastId / one.step }, (_, at) => (at + 1) * one.step)
    const ids = [...new Set([...some, ...real])]
    const answers = await callAll(one, 'stranger', ids)
    expect(answers.filter(({ text }) => text.includes(mark)).map(({ text }) => text)).toEqual([])
    // His own home and account are all that he has.
    const shown = answers.filter(({ status }) => status < 400)
    expect(shown.length).toBeLessThanOrEqual(3)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  })

  it('finds nothing by path', async () => {
    const headers = await signIn('cloudike', 'stranger')
    const url = urlFor(stage.world, 'stranger')
    for (const op of ['metadata', 'filesGet']) {
      const answers = await inLanes(paths, (path) =>
        callOperation(drivers.cloudike, url, op, { params: { path } }, headers),
      )
      expect(answers.filter(({ status }) => status !== 404)).toEqual([])
    }
  })

  it.each(['dracoon', 'cloudike', 'drumee'] as const)(
    'opens nothing to sessions of the default tenant: %s',
    async (face) => {
      const ops = {
        dracoon: 'requestUserInfo',
        cloudike: 'accountsGet',
        drumee: 'drumate.get_profile',
      } as const
      const headers = await signIn(face, 'admin')
      const call = (url: string) => callOperation(drivers[face], url, ops[face], {}, headers)
      expect((await call(stage.world.url)).status).toBe(200)
      expect([401, 403]).toContain((await call(urlFor(stage.world, 'stranger'))).status)
    },
  )

  it('opens nothing to visitors of links of the default tenant', async () => {
    const scene = await setScene(drivers.drumee, stage, { given: { '/f': 'folder' } }, 'visited')
    await makeBox(scene, '/f')
    await enterBox(scene)
    const headers = { 'x-param-guest_sid': String(scene.kept.pass) }
    const body = { nid: scene.id('/f') }
    const call = (base: string, op: string, values: object) =>
      callOperation(drivers.drumee, base, op, { body: values }, headers)
    const elsewhere = urlFor(stage.world, 'stranger')
    expect((await call(stage.world.url, 'media.get_node_attr', body)).status).toBe(200)
    expect((await call(elsewhere, 'media.get_node_attr', body)).status).toBe(403)
    const told = await call(elsewhere, 'dmz.info', { token: scene.kept.token })
    expect(told.body).toMatchObject({ data: { status: 'TICKET_INVALID' } })
  })

  it('opens nothing to export tokens of the default tenant', async () => {
    const scene = await setScene(drivers.drumee, stage, { given: { '/f': 'folder' } }, 'exported')
    const body = { hub_id: scene.id('/'), nid: scene.id('/f') }
    const url = stage.world.url
    const maker = await drivers.drumee.signIn(url, 'manager', password)
    const call = (base: string, op: string, headers: Record<string, string>) =>
      callOperation(drivers.drumee, base, op, { body }, headers)
    const made = await call(url, 'mfs_api.create_token', maker)
    const { token } = (made.body as { data: { token: string } }).data
    const headers = { 'x-param-mfs-token': token }
    expect((await call(url, 'media.get_node_attr', headers)).status).toBe(200)
    const elsewhere = await call(urlFor(stage.world, 'stranger'), 'media.get_node_attr', headers)
    expect([403, 404]).toContain(elsewhere.status)
  })
})

describe.each([
  { name: 'dracoon' as const, rows: dracoonMatrix },
  { name: 'cloudike' as const, rows: cloudikeMatrix },
])('tokens, links and tickets of $name on the host of the other tenant', ({ name, rows }) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(drivers[name])
  })
  afterAll(() => stage?.world.stop())

  const bearers = rows.filter((row: MatrixRow) => row.need === 'bearer')
  it.each(bearers)('$op opens nothing', async (row) => {
    const scene = await setScene(drivers[name], stage, row, row.op)
    await row.before?.(scene)
    const marker = await lastEvent(stage)
    const url = stage.world.url.replace('127.0.0.1', strangerHost)
    const answer = await callOperation(drivers[name], url, row.op, row.send?.(scene) ?? {}, {})
    expect([401, 403, 404], answer.text).toContain(answer.status)
    expect(await lastEvent(stage)).toBe(marker)
  })
})

/** Rooms full of nodes, and a share and an upload in some; every number that anything has. */
async function fillVault(stage: Stage): Promise<{ ids: Set<number>; paths: string[] }> {
  const { app, url } = stage.world
  const ids = new Set<number>(Object.values(stage.cast.ids))
  ids.delete(stage.cast.ids.stranger)
  const paths: string[] = []
  const headers = await stage.headersOf('admin')
  const make = async (op: string, body: object) => {
    const answer = await callOperation(drivers.dracoon, url, op, { body }, headers)
    expect(answer.status, answer.text).toBe(201)
    const { id, uploadId } = answer.body as { id?: number; uploadId?: string }
    ids.add(Number(id ?? uploadId))
  }
  for (let number = 1; number <= rooms; number++) {
    const room = `${mark} ${number}`
    for (const [path, id] of await makeGiven(app, stage.cast, room, given)) {
      ids.add(id)
      ids.add(Number(await drivers.dracoon.idOf(app, stage.cast.tenant.id, id)))
      paths.push(drivers.cloudike.pathOf(room, path))
      if (path === `/${mark} file 1`) {
        const nodeId = await drivers.dracoon.idOf(app, stage.cast.tenant.id, id)
        await make('createDownloadShare', { nodeId, name: mark })
      }
      if (path === '/') await make('createFileUploadChannel', { parentId: id, name: mark })
    }
  }
  return { ids, paths }
}

async function inLanes<T>(
  items: readonly T[],
  call: (item: T) => Promise<HttpAnswer>,
): Promise<HttpAnswer[]> {
  const answers: HttpAnswer[] = []
  let next = 0
  const lane = async () => {
    for (let at = next++; at < items.length; at = next++) answers.push(await call(items[at]!))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return answers
}
