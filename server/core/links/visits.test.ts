import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type Ctx, contextFor } from '../ctx.ts'
import { downloadNodes } from '../downloads/download-nodes.ts'
import { openOrder } from '../downloads/order-archive.ts'
import { readFile } from '../downloads/read-file.ts'
import { copyNodes } from '../nodes/copy-nodes.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { listChildren } from '../nodes/list-children.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { type StoreFile, storeFile } from '../uploads/store-file.ts'
import { authenticateVisitor } from './authenticate-visitor.ts'
import { changeLinks } from './change-links.ts'
import { type CreateLink, createLink } from './create-link.ts'
import { deleteLinks } from './delete-links.ts'
import { linkToVisit, visitLink } from './visit-link.ts'

const page = { offset: 0, limit: 100 }
const nobody = { id: null, kind: 'external' }

describe.each(await testDatabases())('visitors of links on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  let roomId: number
  /** Folder `tree` with `deep/leaf.txt` and `top.txt`; `outside.txt` beside it; room `inner`. */
  const ids: Record<string, number> = {}

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    const adminIds = [world.adminId, ann]
    roomId = (await createRoom(world.asAdmin(), { name: 'Room', adminIds })).node.id
    const place = { parent: { id: roomId }, name: 'inner', inherit: true }
    ids.inner = (await createRoom(world.asAdmin(), place)).node.id
    ids.tree = await folder(roomId, 'tree')
    ids.deep = await folder(ids.tree, 'deep')
    ids.leaf = await file(ids.deep, 'leaf.txt')
    ids.top = await file(ids.tree, 'top.txt')
    ids.outside = await file(roomId, 'outside.txt')
  })
  afterAll(() => world.stop())

  const folder = async (parentId: number, name: string) =>
    (await createFolder(world.as(ann), { parent: { id: parentId }, name })).node.id
  const bytes = (content: string) => Readable.from([Buffer.from(content)])
  const file = async (parentId: number, name: string) => {
    const source = bytes(`content of ${name}`)
    return (await storeFile(world.as(ann), { parent: { id: parentId }, name, source })).node.id
  }
  const link = async (nodeId: number, more: Partial<CreateLink> = {}) => {
    const made = await createLink(world.as(ann), {
      kind: 'download',
      node: { id: nodeId },
      ...more,
    })
    return { token: made.token, id: made.link.id }
  }
  const actingBy = async (pass: string): Promise<Ctx | undefined> => {
    const { app, tenant } = world
    const actor = await authenticateVisitor(app, tenant, pass)
    return actor && contextFor(app, tenant, actor, 'test')
  }
  const enter = async (token: string, password?: string): Promise<Ctx> => {
    const { pass } = await visitLink(world.stranger(), { token, password })
    const ctx = await actingBy(pass)
    if (!ctx) throw new Error('the visit is over before it began')
    return ctx
  }
  const read = async (ctx: Ctx, id: number) =>
    text(await (await readFile(ctx, { node: { id } })).open())
  const seeing = (ctx: Ctx, id: number) => faultOf(findNode(ctx, { node: { id } }))

  test('see what the link shows, and nobody', async () => {
    const visitor = await enter((await link(ids.tree!)).token)
    const { items, parent } = await listChildren(visitor, { parent: { path: [] }, page })
    expect(items.map(({ node }) => node.name)).toEqual(['deep', 'top.txt'])
    expect(parent).toMatchObject({ node: { id: ids.tree, parentId: null }, ancestors: [] })
    const leaf = await findNode(visitor, { node: { path: ['deep', 'leaf.txt'] } })
    expect(leaf.ancestors.map(({ id }) => id)).toEqual([ids.tree, ids.deep])
    expect(leaf).toMatchObject({ permissions: READ, createdBy: nobody, owner: nobody })
    expect(leaf.node).toMatchObject({ createdBy: null, updatedBy: null, boundaryId: 0 })
    expect(await read(visitor, ids.leaf!)).toBe('content of leaf.txt')
    for (const id of [roomId, ids.outside!, ids.inner!, world.tenant.homesId]) {
      expect(await seeing(visitor, id)).toBe('not-found node')
    }
  })

  test('of a room do not see the rooms in it', async () => {
    const visitor = await enter((await link(roomId)).token)
    const { items } = await listChildren(visitor, { parent: { id: roomId }, page })
    expect(items.map(({ node }) => node.name)).toEqual(['tree', 'outside.txt'])
    expect(await seeing(visitor, ids.inner!)).toBe('not-found node')
    const download = await downloadNodes(visitor, { nodes: [{ id: roomId }] })
    if (download.kind !== 'archive') throw new Error('a room is no file')
    const archive = await openOrder(world.stranger(), { token: download.ordered.token })
    expect(archive.files).toBe(3)
  })

  test('change nothing that is there', async () => {
    const { token } = await link(ids.tree!, { takesUploads: true })
    const visitor = await enter(token)
    const parent = { id: ids.tree! }
    const source = () => bytes('x')
    const copy = { items: [{ node: { id: ids.top! } }], target: parent } as const
    const tries = [
      () => createFolder(visitor, { parent, name: 'new' }),
      () => copyNodes(visitor, { ...copy, onClash: 'rename', mode: 'all' }),
      () => storeFile(visitor, { nodeToReplace: { id: ids.top! }, source: source() }),
      () => startUpload(visitor, { parent, name: 'new' }),
    ]
    for (const one of tries) expect(await faultOf(one())).toMatch(/^forbidden node/)
  })

  test('of a box bring files where they see folders, and read what came', async () => {
    const box = await folder(roomId, 'box')
    const sub = await folder(box, 'sub')
    const { token } = await link(box, { takesUploads: true, maxFiles: 2, maxDownloads: 1 })
    const visitor = await enter(token)
    const bring = (place: StoreFile) => storeFile(visitor, place)
    const first = await bring({ parent: { id: sub }, name: 'a', source: bytes('first') })
    expect(first).toMatchObject({ permissions: READ | CREATE, node: { createdBy: null } })
    const path = ['no such folder', 'a']
    const astray = bring({ path, createParents: true, source: bytes('x') })
    expect(await faultOf(astray)).toBe('not-found node parent')
    const again = await bring({ path: ['sub', 'a'], onClash: 'overwrite', source: bytes('second') })
    expect(again.node.name).toBe('a (1)')
    expect(await read(visitor, again.node.id)).toBe('second')
    expect(await faultOf(read(visitor, first.node.id))).toBe('limit-reached link')
    const full = bring({ parent: { id: sub }, name: 'b', source: bytes('x') })
    expect(await faultOf(full)).toBe('limit-reached link')
  })

  test('take a download for each file and archive, as many as there are', async () => {
    const { token } = await link(ids.tree!, { maxDownloads: 2 })
    const visitor = await enter(token)
    await readFile(visitor, { node: { id: ids.top! }, peek: true })
    await read(visitor, ids.top!)
    await downloadNodes(visitor, { nodes: [{ id: ids.deep! }] })
    expect(await faultOf(read(visitor, ids.top!))).toBe('limit-reached link')
    const more = downloadNodes(visitor, { nodes: [{ id: ids.deep! }] })
    expect(await faultOf(more)).toBe('limit-reached link')
    await findNode(visitor, { node: { id: ids.top! } })
  })

  test('are nobody as soon as the link, its password or its maker says so', async () => {
    const { token, id } = await link(ids.tree!, { password: 'one' })
    expect((await linkToVisit(world.stranger(), { token })).inside).toBeNull()
    expect(await faultOf(enter(token))).toBe('password-required link')
    expect(await faultOf(enter(token, 'two'))).toBe('wrong-credentials link')
    const { pass } = await visitLink(world.stranger(), { token, password: 'one' })
    const visitor = (await actingBy(pass))!
    expect((await linkToVisit(visitor, { token })).inside?.nodeId).toBe(ids.tree)
    await changeLinks(world.as(ann), { ids: [id], change: { password: 'two' } })
    expect(await actingBy(pass)).toBeUndefined()
    expect(await seeing(visitor, ids.top!)).toBe('unauthenticated session')
    const next = (await visitLink(world.stranger(), { token, password: 'two' })).pass
    const grant = (permissions: number) =>
      setRoomGrants(world.asAdmin(), {
        room: { id: roomId },
        grants: [{ userId: ann, permissions }],
      })
    await grant(READ)
    expect(await actingBy(next)).toBeUndefined()
    await grant(1023)
    expect(await actingBy(next)).toBeDefined()
    await deleteLinks(world.as(ann), { ids: [id] })
    expect(await actingBy(next)).toBeUndefined()
  })

  test('of an upload link bring files by its rules and see nothing', async () => {
    const more = { kind: 'upload', maxFiles: 2, maxBytes: 10, filesExpiryDays: 1 } as const
    const { token, id } = await link(ids.tree!, more)
    const visitor = await enter(token)
    const bring = (content: string, place = ids.tree!) =>
      storeFile(visitor, { parent: { id: place }, name: 'top.txt', source: bytes(content) })
    const { node } = await bring('abc')
    expect(node).toMatchObject({ name: 'top (1).txt', createdBy: null })
    expect(node.expireAt).toBeGreaterThan(world.now() + 80_000_000)
    expect(await faultOf(bring('abcdefgh'))).toBe('limit-reached link')
    expect(await faultOf(bring('x', ids.deep))).toBe('not-found node parent')
    await bring('abc')
    expect(await faultOf(bring('x'))).toBe('limit-reached link')
    const listing = await listChildren(visitor, { parent: { path: [] }, page })
    expect(listing.items).toEqual([])
    expect(listing.parent?.tally).toMatchObject({ files: 0, folders: 0, size: 0, revision: 0 })
    for (const one of [ids.top!, ids.deep!, node.id]) {
      expect(await seeing(visitor, one)).toBe('not-found node')
    }
    const found = await world.asAdmin().read((tx) => tx.links.find(id))
    expect(found).toMatchObject({ uploads: 2, uploadedBytes: 6, downloads: 0 })
  })

  test('a pass is good for its own purpose and tenant alone', async () => {
    const { pass } = await visitLink(world.stranger(), await link(ids.tree!))
    const { app, tenant } = world
    expect(await authenticateVisitor(app, { ...tenant, id: 999 }, pass)).toBeUndefined()
    for (const other of ['', 'x', `${pass}x`, pass.replace(/^\d+\.\d+/, `${tenant.id}.1`)]) {
      expect(await authenticateVisitor(app, tenant, other)).toBeUndefined()
    }
  })
})
