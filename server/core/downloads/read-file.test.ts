import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { ByteRange } from '../blobs/blob-store.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { createDownloadTicket, openTicket } from './download-tickets.ts'
import type { OpenFile } from './open-file.ts'
import { readFile } from './read-file.ts'

const small = 1000

describe.each(await testDatabases())('reading files on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { disk: true, limits: { smallFileBytes: small } })
    roomId = await world.room('Room', { bob: READ })
  })
  afterAll(() => world.stop())

  const store = (bytes: Uint8Array, parentId = roomId) =>
    storeFile(world.as('ann'), {
      parent: { id: parentId },
      name: `file-${++count}`,
      source: pieces(bytes),
    })
  const inChunks = async (chunks: readonly Uint8Array[]) => {
    const place = { parent: { id: roomId }, name: `file-${++count}` }
    const started = await startUpload(world.as('ann'), place)
    const upload = { id: started.kind === 'open' ? started.upload.id : 0 }
    for (const chunk of chunks) {
      await writeChunk(world.as('ann'), { upload, source: pieces(chunk) })
    }
    return completeUpload(world.as('ann'), { upload })
  }
  const read = async (file: OpenFile, range?: ByteRange) =>
    Buffer.concat(await (await file.open(range)).toArray())

  test('every range of rows, objects and many segments', async () => {
    const bytes = randomBytes(7500)
    const cut = [bytes.subarray(0, 1500), bytes.subarray(1500, 1501), bytes.subarray(1501, 4000)]
    const files = [
      { bytes: bytes.subarray(0, 900), view: await store(bytes.subarray(0, 900)) },
      { bytes, view: await store(bytes) },
      { bytes, view: await inChunks([...cut, bytes.subarray(4000)]) },
    ]
    for (const { bytes: whole, view } of files) {
      const file = await readFile(world.as('bob'), { node: idOf(view) })
      expect(file.size).toBe(whole.length)
      expect((await read(file)).equals(whole)).toBe(true)
      const last = whole.length - 1
      const range = fc
        .tuple(fc.integer({ min: 0, max: last }), fc.integer({ min: 0, max: last + 50 }))
        .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
      const property = fc.asyncProperty(range, async ({ start, end }) => {
        const found = await read(file, { start, end })
        expect(found.equals(whole.subarray(start, end + 1))).toBe(true)
      })
      const examples: [ByteRange][] = [
        [{ start: 1499, end: 1501 }],
        [{ start: 1500, end: 1500 }],
        [{ start: 0, end: last }],
      ]
      const inside = examples.filter(([{ start }]) => start <= last)
      await fc.assert(property, { numRuns: 30, examples: inside })
    }
  })

  test('a range without a byte is refused with the size', async () => {
    const file = await readFile(world.as('ann'), { node: idOf(await store(Buffer.alloc(10))) })
    for (const range of [
      { start: 10, end: 11 },
      { start: 5, end: 4 },
      { start: -1, end: 4 },
    ]) {
      const fault = await thrown(file.open(range))
      expect([fault.code, fault.role, fault.data]).toEqual(['range', 'file', { size: 10 }])
    }
    const empty = await readFile(world.as('ann'), { node: idOf(await store(Buffer.alloc(0))) })
    expect(await read(empty)).toHaveLength(0)
    expect(await faultOf(empty.open({ start: 0, end: 0 }))).toBe('range node file')
  })

  test('a reader may stop early, in the middle of many segments too', async () => {
    const view = await inChunks(Array.from({ length: 5 }, () => randomBytes(300_000)))
    const file = await readFile(world.as('ann'), { node: idOf(view) })
    for (let round = 0; round < 3; round++) {
      const stream = await file.open()
      for await (const chunk of stream) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
      expect(stream.destroyed).toBe(true)
    }
  })

  test('needs READ and a file', async () => {
    const view = await store(Buffer.from('x'))
    const own = await world.room('Own')
    const hidden = await store(Buffer.from('y'), own)
    const asBob = (node: { id: number }) => readFile(world.as('bob'), { node })
    expect((await asBob(idOf(view))).name).toBe(view.node.name)
    expect(await faultOf(asBob(idOf(hidden)))).toBe('not-found node target')
    expect(await faultOf(asBob({ id: roomId }))).toBe('wrong-kind node target')
    const grants = [{ userId: world.nodes.ids.bob, permissions: CREATE }]
    await setRoomGrants(world.as('ann'), { room: { id: own }, grants })
    expect(await faultOf(asBob(idOf(hidden)))).toBe('forbidden node target')
    const version = { node: idOf(view), versionId: hidden.node.currentId }
    expect(await faultOf(readFile(world.as('ann'), version))).toBe('not-found version')
  })

  test('bytes that are lost are said to be unavailable', async () => {
    const view = await store(randomBytes(5000))
    const file = await readFile(world.as('ann'), { node: idOf(view) })
    const content = await world.as('ann').read((tx) => tx.blobs.content(view.node.content!.blobId))
    if (!content || !('segments' in content)) throw new Error('no segments')
    await world.blobs.remove(content.segments[0]!.key)
    expect(await faultOf(file.open())).toBe('unavailable node file')
  })

  test('a ticket opens its version for anybody, as long as its maker may read it', async () => {
    const own = await world.room('Tickets', { bob: READ })
    const view = await store(Buffer.from('one'), own)
    const ticket = await createDownloadTicket(world.as('bob'), { node: idOf(view) })
    const opened = () => openTicket(world.anonymous(), { ticket })
    expect((await read(await opened())).toString()).toBe('one')
    const source = pieces(Buffer.from('two'))
    await storeFile(world.as('ann'), { nodeToReplace: idOf(view), source })
    expect((await read(await opened())).toString()).toBe('one')
    const system = world.nodes.asSystem()
    const { bob } = world.nodes.ids
    await system.write((tx) => tx.users.update(bob, { isLocked: true }))
    expect(await faultOf(opened())).toBe('not-found ticket')
    await system.write((tx) => tx.users.update(bob, { isLocked: false }))
    const grants = [{ userId: bob, permissions: 0 }]
    await setRoomGrants(world.as('ann'), { room: { id: own }, grants })
    expect(await faultOf(opened())).toBe('not-found node target')
    await setRoomGrants(world.as('ann'), {
      room: { id: own },
      grants: [{ userId: bob, permissions: READ }],
    })
    expect((await opened()).size).toBe(3)
    await deleteNodes(world.as('ann'), { nodes: [idOf(view)], mode: 'all' })
    expect(await faultOf(opened())).toBe('not-found node target')
  })

  test('a ticket that was changed, is old or of another tenant opens nothing', async () => {
    const view = await store(Buffer.from('one'))
    const ticket = await createDownloadTicket(world.as('ann'), { node: idOf(view) })
    const changed = ticket.replace(`.${view.node.id}.`, `.${view.node.id + 1}.`)
    for (const wrong of [changed, `${ticket}x`, '', 'a.b', ticket.slice(0, -2)]) {
      const opened = openTicket(world.anonymous(), { ticket: wrong })
      expect(await faultOf(opened)).toBe('not-found ticket')
    }
    const anonymous = world.anonymous()
    const elsewhere = { ...anonymous, tenant: { ...anonymous.tenant, id: 77 } }
    expect(await faultOf(openTicket(elsewhere, { ticket }))).toBe('not-found ticket')
    world.pass(3_600_001)
    expect(await faultOf(openTicket(world.anonymous(), { ticket }))).toBe('expired ticket')
    const nobody = createDownloadTicket(world.anonymous(), { node: idOf(view) })
    expect(await faultOf(nobody)).toBe('unauthenticated session')
  })
})
