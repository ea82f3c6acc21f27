import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { type CreateLink, createLink } from './create-link.ts'
import { deleteLinks } from './delete-links.ts'
import { listLink } from './list-link.ts'
import { openLink } from './open-link.ts'
import { checkLinkPassword, publicLink } from './public-link.ts'
import { type ReadLinkFile, readLinkFile } from './read-link-file.ts'

const page = { offset: 0, limit: 100 }

describe.each(await testDatabases())('links of strangers on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let ann: number
  /** Folder `tree` with `deep/leaf.txt` and `top.txt`; `outside.txt` beside it. */
  const ids: Record<string, number> = {}

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    const view = await createRoom(world.asAdmin(), { name: 'Room', adminIds: [world.adminId, ann] })
    roomId = view.node.id
    ids.tree = await folder(roomId, 'tree')
    ids.deep = await folder(ids.tree, 'deep')
    ids.leaf = await file(ids.deep, 'leaf.txt')
    ids.top = await file(ids.tree, 'top.txt')
    ids.outside = await file(roomId, 'outside.txt')
  })

  afterAll(() => world.stop())

  const folder = async (parentId: number, name: string) =>
    (await createFolder(world.as(ann), { parent: { id: parentId }, name })).node.id
  const file = async (parentId: number, name: string) => {
    const source = Readable.from([Buffer.from(`content of ${name}`)])
    return (await storeFile(world.as(ann), { parent: { id: parentId }, name, source })).node.id
  }
  const link = async (nodeId: number | undefined, more: Partial<CreateLink> = {}) => {
    const node = { id: nodeId ?? 0 }
    const made = await createLink(world.as(ann), { kind: 'download', node, ...more })
    return { token: made.token, id: made.link.id }
  }
  const read = async (input: ReadLinkFile) =>
    text(await (await readLinkFile(world.stranger(), input)).open())
  const downloadsOf = async (id: number) =>
    (await world.asAdmin().read((tx) => tx.links.find(id)))?.downloads

  test('a stranger sees the node and nothing about its owners', async () => {
    const { token } = await link(ids.top, { internalNotes: 'inner', notes: 'outer' })
    const seen = await publicLink(world.stranger(), { token })
    expect(seen).toMatchObject({ size: 18, limitReached: false, creator: null })
    expect(seen.link).toMatchObject({ internalNotes: null, notes: 'outer', sealedToken: '' })
    expect(seen.node).toMatchObject({ name: 'top.txt', parentId: null, createdBy: null })
    const named = await link(ids.top, { showCreatorUserName: true })
    const { creator } = await publicLink(world.stranger(), named)
    expect(creator).toMatchObject({ userName: 'ann', firstName: '', email: null, id: null })
    for (const unknown of ['', `${token}x`, 'x'.repeat(9999)]) {
      expect(await faultOf(publicLink(world.stranger(), { token: unknown }))).toBe('not-found link')
    }
    expect(await faultOf(publicLink(world.stranger(), { token, kind: 'upload' }))).toBe(
      'not-found link',
    )
  })

  test('a link with one download opens once, however many try', async () => {
    const { token, id } = await link(ids.top, { maxDownloads: 1 })
    const tries = Array.from({ length: 500 }, () => openLink(world.stranger(), { token }))
    const results = await Promise.allSettled(tries)
    const opened = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(opened).toHaveLength(1)
    expect(opened[0]?.link.limitReached).toBe(true)
    expect(await downloadsOf(id)).toBe(1)
    expect(await faultOf(openLink(world.stranger(), { token }))).toBe('limit-reached link')
    expect(await faultOf(readLinkFile(world.stranger(), { token }))).toBe('limit-reached link')
    const { ticket } = opened[0]!
    expect(await read({ ticket })).toBe('content of top.txt')
    expect(await read({ ticket })).toBe('content of top.txt')
    expect(await read({ token, peek: true })).toBe('content of top.txt')
    const used = (await world.events()).filter(({ type }) => type === 'link.used')
    expect(used.filter(({ subjectId }) => subjectId === id)).toHaveLength(1)
  })

  test('a folder shows what is in it and nothing else', async () => {
    const { token, id } = await link(ids.tree)
    const { ticket } = await openLink(world.stranger(), { token })
    const top = await listLink(world.stranger(), { ticket, page })
    expect(top.items.map(({ node }) => node.name)).toEqual(['deep', 'top.txt'])
    expect(top.items.map(({ size }) => size)).toEqual([19, 18])
    expect(top.path).toEqual([])
    const files = await listLink(world.stranger(), { ticket, page, kinds: ['file'] })
    expect(files.items.map(({ node }) => node.name)).toEqual(['top.txt'])
    expect((await listLink(world.stranger(), { ticket, page, kinds: [] })).total).toBe(0)
    const deep = await listLink(world.stranger(), { token, path: ['deep'], page })
    expect(deep).toMatchObject({ total: 1, path: ['deep'], parent: { node: { name: 'deep' } } })
    expect(await read({ ticket, path: ['deep', 'leaf.txt'] })).toBe('content of leaf.txt')
    expect(await read({ ticket, path: ['DEEP', 'LEAF.TXT'] })).toBe('content of leaf.txt')
    expect(await read({ ticket, nodeId: ids.leaf })).toBe('content of leaf.txt')
    const outside: Partial<ReadLinkFile>[] = [
      { nodeId: ids.outside },
      { nodeId: roomId },
      { nodeId: 999_999 },
      { nodeId: -1 },
      { path: ['..', 'outside.txt'] },
      { path: ['deep', 'none.txt'] },
      { path: ['top.txt', 'x'] },
      { path: Array(200).fill('deep') },
    ]
    for (const place of outside) {
      const input = { ticket, ...place } as ReadLinkFile
      expect(await faultOf(readLinkFile(world.stranger(), input))).toBe('not-found node')
    }
    expect(await faultOf(readLinkFile(world.stranger(), { ticket }))).toBe('wrong-kind node file')
    expect(await downloadsOf(id)).toBe(1)
    const wanted = { token, need: 'file' } as const
    expect(await faultOf(openLink(world.stranger(), { ...wanted, path: ['deep'] }))).toBe(
      'wrong-kind node file',
    )
    expect(await faultOf(openLink(world.stranger(), { ...wanted, path: ['none'] }))).toBe(
      'not-found node',
    )
    expect(await downloadsOf(id)).toBe(1)
    const leaf = await openLink(world.stranger(), { ...wanted, path: ['deep', 'leaf.txt'] })
    expect(leaf.entry).toMatchObject({ size: 19, node: { name: 'leaf.txt' } })
  })

  test('a shared room leaves out the rooms in it', async () => {
    const inner = { parent: { id: roomId }, name: 'Inner' }
    const { node } = await createRoom(world.as(ann), inner)
    const hidden = await file(node.id, 'hidden.txt')
    const { token } = await link(roomId)
    const listing = await listLink(world.stranger(), { token, page })
    expect(listing.items.map((item) => item.node.name)).toEqual(['tree', 'outside.txt'])
    expect(listing.parent.size).toBe(18 + 19 + 22)
    for (const nodeId of [node.id, hidden]) {
      expect(await faultOf(listLink(world.stranger(), { token, nodeId, page }))).toBe(
        'not-found node',
      )
    }
    const path = ['Inner', 'hidden.txt']
    expect(await faultOf(readLinkFile(world.stranger(), { token, path }))).toBe('not-found node')
  })

  test('a password is asked for, counted, and locks', async () => {
    const { token, id } = await link(ids.top, { password: 'open sesame' })
    const open = (password?: string) => openLink(world.stranger(), { token, password })
    expect((await publicLink(world.stranger(), { token })).link.isProtected).toBe(true)
    expect(await faultOf(open())).toBe('password-required link')
    expect(await faultOf(open('wrong'))).toBe('wrong-credentials link')
    const { ticket } = await open('open sesame')
    expect(await read({ ticket })).toBe('content of top.txt')
    const check = await checkLinkPassword(world.stranger(), { token, password: 'open sesame' })
    expect(check.node.name).toBe('top.txt')
    expect(await downloadsOf(id)).toBe(1)
    const tries = Array.from({ length: 20 }, () => faultOf(open('wrong')))
    const codes = await Promise.all(tries)
    expect(codes.filter((code) => code === 'wrong-credentials link')).toHaveLength(9)
    expect(await faultOf(open('open sesame'))).toBe('locked link')
    expect(await read({ ticket })).toBe('content of top.txt')
    world.advance(1801)
    const newHash = await world.app.secrets.hashPassword('another')
    await world.asAdmin().write((tx) => tx.links.setPasswordHash(id, newHash))
    expect(await faultOf(open('open sesame'))).toBe('wrong-credentials link')
    expect(await faultOf(readLinkFile(world.stranger(), { ticket }))).toBe('not-found ticket')
  })

  test('a ticket is ours, of this tenant, and lasts as long as its link', async () => {
    const { token, id } = await link(ids.tree)
    const { ticket } = await openLink(world.stranger(), { token })
    const other = await world.addTenant('Elsewhere')
    const elsewhere = { ...world.stranger(), tenant: other.tenant }
    expect(await faultOf(readLinkFile(elsewhere, { ticket }))).toBe('not-found ticket')
    const parts = ticket.split('.')
    const forged = [
      [parts[0], parts[1], ids.outside, ...parts.slice(3)].join('.'),
      [...parts.slice(0, 3), Number(parts[3]) + 1, ...parts.slice(4)].join('.'),
      `${ticket.slice(0, -1)}${ticket.endsWith('A') ? 'B' : 'A'}`,
      '',
      'x'.repeat(9999),
    ]
    for (const each of forged) {
      const input = { ticket: each, path: ['top.txt'] }
      expect(await faultOf(readLinkFile(world.stranger(), input))).toBe('not-found ticket')
    }
    await deleteLinks(world.as(ann), { ids: [id] })
    expect(await faultOf(listLink(world.stranger(), { ticket, page }))).toBe('not-found link')
    const second = await link(ids.tree)
    const late = await openLink(world.stranger(), { token: second.token })
    world.advance(3601)
    expect(await faultOf(listLink(world.stranger(), { ticket: late.ticket, page }))).toBe(
      'expired ticket',
    )
    const third = await link(ids.tree, { expireAt: world.now() + 5000 })
    const soon = await openLink(world.stranger(), { token: third.token })
    world.advance(6)
    expect(await faultOf(listLink(world.stranger(), { ticket: soon.ticket, page }))).toBe(
      'expired link',
    )
    expect(await faultOf(publicLink(world.stranger(), { token: third.token }))).toBe('expired link')
  })

  test('a link may what its maker may now', async () => {
    const { token } = await link(ids.top)
    const { ticket } = await openLink(world.stranger(), { token })
    const refused = async (): Promise<string[]> => [
      await faultOf(publicLink(world.stranger(), { token })),
      await faultOf(openLink(world.stranger(), { token })),
      await faultOf(readLinkFile(world.stranger(), { ticket })),
      await faultOf(readLinkFile(world.stranger(), { token })),
      await faultOf(listLink(world.stranger(), { token, page })),
    ]
    const gone = Array(5).fill('not-found link')
    const update = (change: object) => world.asAdmin().write((tx) => tx.users.update(ann, change))
    await update({ isLocked: true })
    expect(await refused()).toEqual(gone)
    await update({ isLocked: false, expireAt: world.now() })
    expect(await refused()).toEqual(gone)
    await update({ expireAt: null })
    expect(await read({ ticket })).toBe('content of top.txt')
    const grants = [{ userId: ann, permissions: READ }]
    await setRoomGrants(world.asAdmin(), { room: { id: roomId }, grants })
    expect(await refused()).toEqual(gone)
    const locked = { ...world.stranger(), tenant: { ...world.tenant, isLocked: true } }
    expect(await faultOf(publicLink(locked, { token }))).toBe('not-found link')
  })
})
