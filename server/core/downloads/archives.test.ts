import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { readZip } from '../../lib/zip/read-zip.suite.ts'
import { contextFor } from '../ctx.ts'
import { createExport } from '../exports/create-export.ts'
import { sweep } from '../jobs/sweep.ts'
import { createLink } from '../links/create-link.ts'
import { openLink } from '../links/open-link.ts'
import { readLinkArchive } from '../links/read-link-archive.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { CREATE, MANAGE_DOWNLOAD_LINKS, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { type OpenArchive, openArchive } from './open-archive.ts'
import { findOrder, openOrder, orderArchive } from './order-archive.ts'
import { backupLog } from './order-backup.ts'

describe.each(await testDatabases())('archives on $kind', (databases) => {
  let world: TransferWorld
  let room: number
  let folder: number
  let hidden: number
  let file: number

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 100, archiveEntries: 20 } })
    room = await world.room('Room', { bob: READ })
    folder = await folderIn(room, 'Folder')
    file = await store(folder, 'large', 'x'.repeat(500_000))
    await store(folder, 'small.txt', 'small')
    await folderIn(folder, 'empty')
    const open = await roomIn(room, 'open', true)
    await store(open, 'seen', 'seen')
    hidden = await roomIn(room, 'hidden', false)
    await store(hidden, 'secret', 'secret')
    const deep = await roomIn(hidden, 'deep', false)
    await store(deep, 'granted', 'granted')
    await give(deep, READ)
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const folderIn = async (parent: number, name: string) =>
    (await createFolder(ann(), { parent: { id: parent }, name })).node.id
  const roomIn = async (parent: number, name: string, inherit: boolean) => {
    const adminIds = inherit ? undefined : [world.nodes.ids.ann]
    return (await createRoom(ann(), { parent: { id: parent }, name, inherit, adminIds })).node.id
  }
  const store = async (parent: number, name: string, text: string) => {
    const source = pieces(Buffer.from(text))
    return (await storeFile(ann(), { parent: { id: parent }, name, source })).node.id
  }
  const give = (id: number, permissions: number) =>
    setRoomGrants(ann(), {
      room: { id },
      grants: [{ userId: world.nodes.ids.bob, permissions }],
    })
  const read = async (archive: OpenArchive) => {
    const bytes = Buffer.concat(await (await archive.open()).toArray())
    expect(bytes).toHaveLength(archive.size)
    return Object.fromEntries(readZip(bytes).map((one) => [one.path, one.bytes.toString()]))
  }

  test('it holds what its reader may read, rooms by their own grants', async () => {
    const archive = await openArchive(bob(), { nodes: [{ id: room }] })
    expect(archive.name).toBe('Room.zip')
    expect(archive.files).toBe(4)
    expect(await read(archive)).toEqual({
      'Room/': '',
      'Room/Folder/': '',
      'Room/Folder/empty/': '',
      'Room/Folder/large': 'x'.repeat(500_000),
      'Room/Folder/small.txt': 'small',
      'Room/open/': '',
      'Room/open/seen': 'seen',
      'Room/hidden/deep/': '',
      'Room/hidden/deep/granted': 'granted',
    })
    const all = await read(await openArchive(ann(), { nodes: [{ id: room }] }))
    expect(all['Room/hidden/secret']).toBe('secret')
  })

  test('what has expired is left out', async () => {
    const late = await store(folder, 'late', 'late')
    await changeNode(ann(), { node: { id: late }, change: { expireAt: world.now() + 1000 } })
    const paths = async () =>
      Object.keys(await read(await openArchive(bob(), { nodes: [{ id: folder }] })))
    expect(await paths()).toContain('Folder/late')
    world.pass(1000)
    expect(await paths()).not.toContain('Folder/late')
  })

  test('every node must be one that the actor may read', async () => {
    const open = (...ids: number[]) =>
      openArchive(bob(), { nodes: ids.map((id) => ({ id })), kinds: ['folder', 'file'] })
    expect(await faultOf(open(folder, hidden + 99_999))).toBe('not-found node target')
    expect(await faultOf(open())).toBe('invalid body')
    expect(await faultOf(open(room))).toBe('wrong-kind node target')
    expect(await faultOf(openArchive(bob(), { nodes: [{ id: hidden }] }))).toBe(
      'forbidden node target',
    )
    expect(await faultOf(openArchive(world.anonymous(), { nodes: [{ id: folder }] }))).toBe(
      'unauthenticated session',
    )
    await give(room, CREATE)
    expect(await faultOf(open(folder))).toBe('forbidden node target')
    await give(room, READ)
    const many = Array.from({ length: 201 }, () => folder)
    expect(await faultOf(open(...many))).toBe('too-many node')
  })

  test('more entries than the limit are refused, before a byte was sent', async () => {
    const full = await folderIn(await world.room('Other', { bob: READ }), 'full')
    for (let at = 0; at < 20; at++) await store(full, `file ${at}`, 'x')
    const archive = openArchive(bob(), { nodes: [{ id: full }] })
    expect(await faultOf(archive)).toBe('too-many node')
  })

  test('an export token archives what lies below its node only', async () => {
    const node = { id: folder }
    const { export: made } = await createExport(ann(), { node, permissions: READ, ttlSeconds: 60 })
    const actor = { kind: 'export', exportId: made.id, nodeId: folder, permissions: READ } as const
    const ctx = contextFor(world.app, world.nodes.tenant, actor, 'test')
    expect(await read(await openArchive(ctx, { nodes: [node] }))).toHaveProperty('Folder/large')
    const outside = openArchive(ctx, { nodes: [{ id: room }] })
    expect(await faultOf(outside)).toBe('not-found node target')
  })

  test('an order is fetched by its token, and tells how far it is', async () => {
    const { token, order } = await orderArchive(bob(), { nodes: [{ id: file }, { id: folder }] })
    expect(order).toMatchObject({ state: 'ordered', name: 'Archive.zip', size: 0, sent: 0 })
    const key = { token }
    const archive = await openOrder(world.anonymous(), key)
    expect(await read(archive)).toHaveProperty('Folder/small.txt', 'small')
    const { size } = archive
    expect(await findOrder(bob(), key)).toMatchObject({ state: 'done', size, sent: size })
    const stream = await (await openOrder(world.anonymous(), key)).open()
    for await (const _ of stream) break
    await expect.poll(async () => (await findOrder(bob(), key)).state).toBe('failed')
    for (const wrong of ['', 'x', 'y'.repeat(500)]) {
      const opened = openOrder(world.anonymous(), { token: wrong })
      expect(await faultOf(opened)).toBe('not-found ticket')
    }
  })

  test('what happens with a backup stands in the log of its owner', async () => {
    const { token } = await orderArchive(bob(), { nodes: [{ id: folder }], isBackup: true })
    const stream = await (await openOrder(world.anonymous(), { token })).open()
    for await (const _ of stream) break
    const log = async () => {
      const records = await backupLog(bob(), { page: { offset: 0, limit: 10 } })
      return records.map(({ state }) => state)
    }
    await expect.poll(log).toEqual(['failed'])
    await read(await openOrder(world.anonymous(), { token }))
    expect(await log()).toEqual(['failed', 'fetched'])
    expect(await backupLog(ann(), { page: { offset: 0, limit: 10 } })).toEqual([])
  })

  test('an order ends with the rights and the account of who made it, and in time', async () => {
    const { token } = await orderArchive(bob(), { nodes: [{ id: folder }] })
    const opened = () => openOrder(world.anonymous(), { token })
    await give(room, 0)
    expect(await faultOf(opened())).toBe('not-found node target')
    await give(room, READ)
    const lock = (isLocked: boolean) =>
      world.nodes.asSystem().write((tx) => tx.users.update(world.nodes.ids.bob, { isLocked }))
    await lock(true)
    expect(await faultOf(opened())).toBe('not-found ticket')
    await lock(false)
    expect((await opened()).files).toBe(2)
    const other = { ...world.anonymous(), tenant: { ...world.nodes.tenant, id: 77 } }
    const elsewhere = contextFor(world.app, other.tenant, { kind: 'anonymous' }, 'test')
    expect(await faultOf(openOrder(elsewhere, { token }))).toBe('not-found ticket')
    world.pass(3_600_000)
    expect(await faultOf(opened())).toBe('expired ticket')
    expect((await sweep(world.app, { listStore: false })).archives).toBeGreaterThan(0)
    expect(await faultOf(opened())).toBe('not-found ticket')
  })

  test('a link shows its folder as an archive, without rooms', async () => {
    await give(room, READ | MANAGE_DOWNLOAD_LINKS)
    const { token } = await createLink(bob(), { kind: 'download', node: { id: room } })
    const { ticket } = await openLink(world.anonymous(), { token })
    const found = await read(await readLinkArchive(world.anonymous(), { ticket }))
    expect(found['Room/Folder/small.txt']).toBe('small')
    expect(Object.keys(found).filter((path) => /open|hidden/.test(path))).toEqual([])
    const inside = { ticket, paths: [['Folder']] }
    const below = await readLinkArchive(world.anonymous(), inside)
    expect(below.name).toBe('Folder.zip')
    const hiddenRoom = readLinkArchive(world.anonymous(), { ticket, paths: [['open']] })
    expect(await faultOf(hiddenRoom)).toBe('not-found node')
  })
})
