import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { checkEverything } from '../check/check-everything.ts'
import { sweep } from '../jobs/sweep.ts'
import { createLink } from '../links/create-link.ts'
import { publicLink } from '../links/public-link.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import type { OnClash } from '../nodes/node.ts'
import {
  CREATE,
  DELETE,
  DELETE_TRASH,
  READ_TRASH,
  RESTORE_TRASH,
} from '../permissions/permission.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { emptyTrash } from './empty-trash.ts'
import { findDeleted, listTrash, listTrashVersions } from './list-trash.ts'
import { purgeDeleted } from './purge-deleted.ts'
import { restoreNodes } from './restore-nodes.ts'

const day = 86_400_000

describe.each(await testDatabases())('the trash on $kind', (databases) => {
  let world: TransferWorld
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases)
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const page = { offset: 0, limit: 100 }
  const room = (bob?: number) => world.room(`Room ${++count}`, { bob })
  const folder = (id: number, name: string) => createFolder(ann(), { parent: { id }, name })
  const put = (id: number, name: string, text: string) =>
    storeFile(ann(), {
      parent: { id },
      name,
      onClash: 'overwrite',
      source: pieces(Buffer.from(text)),
    })
  const trash = (...ids: number[]) =>
    deleteNodes(ann(), { nodes: ids.map((id) => ({ id })), mode: 'all' })
  const groups = async (id: number, more = {}) =>
    (await listTrash(ann(), { room: { id }, page, ...more })).items
  const versions = async (id: number, name: string) =>
    (await listTrashVersions(ann(), { parent: { id }, name, kind: 'file', page })).items
  const restore = (ids: number[], onClash: OnClash = 'rename', more = {}) => {
    const nodes = ids.map((currentId) => ({ currentId }))
    return restoreNodes(ann(), { nodes, onClash, mode: 'all', ...more })
  }
  const textOf = async (id: number) => String(await world.bytesOf(ann(), { id }))

  test('a file with its versions is one row, and comes back whole under its ids', async () => {
    const id = await room()
    const first = await put(id, 'A.txt', 'one')
    const fileId = first.node.id
    world.pass(10)
    await put(id, 'A.txt', 'two')
    const third = await put(id, 'A.txt', 'three')
    expect(await groups(id)).toMatchObject([
      { name: 'A.txt', kind: 'file', versions: 2, parentId: id, lastNodeId: fileId },
    ])
    world.pass(10)
    await trash(fileId)
    const [group] = await groups(id)
    expect(group).toMatchObject({
      versions: 3,
      lastDeletedAt: world.now(),
      lastId: third.node.currentId,
      parentPath: [expect.stringMatching(/^Room/)],
    })
    const all = await versions(id, 'a.TXT')
    expect(all.map((entry) => entry.version?.content.size)).toEqual([3, 3, 5])
    expect(all.at(-1)?.deletedByPerson.userName).toBe('ann')
    const before = await world.tenantBytes()
    const [back] = await restore([third.node.currentId])
    expect(back?.view?.node).toMatchObject({ id: fileId, currentId: third.node.currentId })
    expect(back?.view?.oldVersions).toBe(2)
    expect(await textOf(fileId)).toBe('three')
    expect(await groups(id)).toMatchObject([{ versions: 2 }])
    expect(await world.tenantBytes()).toBe(before)
    expect((await world.nodes.events()).at(-1)).toMatchObject({
      type: 'node.restored',
      nodeId: fileId,
    })
  })

  test('a folder comes back with everything that went along, and nothing else', async () => {
    const id = await room()
    const outer = (await folder(id, 'outer')).node.id
    const inner = (await folder(outer, 'inner')).node.id
    const kept = (await put(inner, 'kept.txt', 'kept')).node.id
    const gone = (await put(inner, 'gone.txt', 'gone')).node.id
    await trash(gone)
    await trash(outer)
    expect((await groups(id)).map(({ name }) => name)).toEqual(['outer', 'gone.txt'])
    expect(await faultOf(restore([kept]))).toBe('not-found node')
    expect(await faultOf(restore([gone]))).toBe('not-found node parent')
    await restore([outer])
    expect(await textOf(kept)).toBe('kept')
    expect(await faultOf(findNode(ann(), { node: { id: gone } }))).toBe('not-found node')
    const { tally } = await findNode(ann(), { node: { id } })
    expect([tally.folders, tally.size]).toEqual([1, 4])
    await restore([gone])
    expect((await findNode(ann(), { node: { id: outer } })).tally.size).toBe(8)
  })

  test('it comes back elsewhere, under the rights that hold there', async () => {
    const [from, to] = [await room(), await room(CREATE)]
    const outer = (await folder(from, 'outer')).node.id
    const file = (await put(outer, 'f.txt', 'text')).node.id
    await trash(outer)
    await restore([outer], 'fail', { target: { id: to } })
    expect((await findNode(world.as('bob'), { node: { id: file } })).node.boundaryId).toBe(to)
    expect((await findNode(ann(), { node: { id: from } })).tally.size).toBe(0)
  })

  test('names that are taken: numbered, refused, overwritten', async () => {
    const id = await room()
    const old = (await put(id, 'a.txt', 'old')).node.id
    await trash(old)
    const other = (await put(id, 'A.txt', 'other')).node.id
    expect(await faultOf(restore([old], 'fail'))).toBe('name-taken node target')
    const [numbered] = await restore([old])
    expect(numbered?.view?.node).toMatchObject({ id: old, name: 'a (1).txt' })
    await changeNode(ann(), { node: { id: old }, change: { name: 'x' } })
    await changeNode(ann(), { node: { id: old }, change: { name: 'a (1).txt' } })
    await trash(old)
    await changeNode(ann(), { node: { id: other }, change: { name: 'a (1).txt' } })
    const link = { kind: 'download', node: { id: other }, name: 'x' } as const
    const { token } = await createLink(ann(), link)
    await restore([old], 'overwrite', { keepLinks: true })
    expect((await publicLink(world.anonymous(), { token })).node.id).toBe(old)
    expect(await faultOf(findNode(ann(), { node: { id: other } }))).toBe('not-found node')
    const nested = (await folder(id, 'taken')).node.id
    await trash(nested)
    const newer = (await folder(id, 'taken')).node.id
    expect(await faultOf(restore([nested], 'overwrite'))).toBe('wrong-kind node target')
    await trash(newer)
  })

  test('links wait in the trash for their node', async () => {
    const id = await room()
    const file = (await put(id, 'shared.txt', 'text')).node.id
    const made = { kind: 'download', node: { id: file }, name: 'x' } as const
    const { token } = await createLink(ann(), made)
    await trash(file)
    expect(await faultOf(publicLink(world.anonymous(), { token }))).toBe('not-found link')
    await restore([file])
    expect((await publicLink(world.anonymous(), { token })).node.id).toBe(file)
    await trash(file)
    await purgeDeleted(ann(), { nodes: [{ id: file }], whole: true, mode: 'all' })
    expect(await world.nodes.asSystem().read((tx) => tx.links.ofNode(file))).toEqual([])
  })

  test('a superseded version becomes current again, or a file of its own', async () => {
    const id = await room()
    const file = await put(id, 'a.txt', 'first')
    const fileId = file.node.id
    await put(id, 'a.txt', 'second!')
    const before = await world.tenantBytes()
    expect(await faultOf(restore([fileId], 'fail'))).toBe('name-taken node target')
    await restore([fileId], 'overwrite')
    expect(await textOf(fileId)).toBe('first')
    const view = await findNode(ann(), { node: { currentId: fileId } })
    expect(view).toMatchObject({ node: { id: fileId }, oldVersions: 1 })
    const [group] = await groups(id)
    expect(group).toMatchObject({ versions: 1 })
    const [split] = await restore([group!.lastId])
    expect(split?.view?.node).toMatchObject({ name: 'a (1).txt', currentId: group!.lastId })
    expect(await textOf(split!.node!.id)).toBe('second!')
    expect(await groups(id)).toEqual([])
    expect(await world.tenantBytes()).toBe(before)
    expect((await findNode(ann(), { node: { id } })).tally).toMatchObject({ files: 2, size: 12 })
  })

  test('versions go one by one, and the last takes the file along', async () => {
    const id = await room()
    const before = await world.tenantBytes()
    const fileId = (await put(id, 'a.txt', 'first')).node.id
    const second = (await put(id, 'a.txt', 'second!')).node.currentId
    await trash(fileId)
    const purge = (currentId: number) =>
      purgeDeleted(ann(), { nodes: [{ currentId }], mode: 'all' })
    await purge(second)
    expect(await world.tenantBytes()).toBe(before + 5)
    await restore([fileId])
    expect(await textOf(fileId)).toBe('first')
    await trash(fileId)
    await purge(fileId)
    expect(await world.tenantBytes()).toBe(before)
    expect(await faultOf(purge(fileId))).toBe('not-found node')
    expect((await world.nodes.events()).slice(-1)[0]?.type).toBe('node.purged')
  })

  test('emptying takes what is deleted and superseded, and leaves what is live', async () => {
    const id = await room()
    const before = await world.tenantBytes()
    await put(id, 'live.txt', 'one')
    const live = (await put(id, 'live.txt', 'twos')).node.id
    const outer = (await folder(id, 'outer')).node.id
    const inner = (await put(outer, 'f.txt', 'text')).node.id
    await trash(inner)
    await trash(outer)
    expect(await emptyTrash(ann(), { room: { id } })).toBe(3)
    expect(await groups(id)).toEqual([])
    expect(await textOf(live)).toBe('twos')
    expect(await world.tenantBytes()).toBe(before + 4)
    expect(await faultOf(emptyTrash(ann(), { room: { id: live } }))).toBe('wrong-kind node room')
  })

  test('the sweep takes what a room has kept long enough', async () => {
    const id = await room()
    const forever = await room()
    for (const one of [id, forever]) await put(one, 'a.txt', 'one')
    await changeNode(ann(), { node: { id }, change: { trashDays: 2 } })
    await changeNode(ann(), { node: { id: forever }, change: { trashDays: 0 } })
    for (const one of [id, forever]) await put(one, 'a.txt', 'two')
    const old = (await put(id, 'old.txt', 'old')).node.id
    await trash(old)
    world.pass(day)
    const young = (await put(id, 'young.txt', 'young')).node.id
    await trash(young)
    expect((await sweep(world.app)).trash).toBe(0)
    world.pass(day)
    const bytes = await world.tenantBytes()
    expect((await sweep(world.app)).trash).toBe(2)
    expect(await world.tenantBytes()).toBe(bytes - 6)
    expect((await groups(id)).map(({ name }) => name)).toEqual(['young.txt'])
    expect(await groups(forever)).toHaveLength(1)
    const next = (await put(id, 'next.txt', 'x')).node.id
    expect(next).toBeGreaterThan(young)
  })

  test('rights of the trash decide, and who sees nothing learns nothing', async () => {
    const id = await room()
    const other = await room(READ_TRASH)
    const mine = (await put(id, 'a', 'x')).node.id
    const theirs = (await put(other, 'b', 'x')).node.id
    await trash(mine)
    await trash(theirs)
    const bob = world.as('bob')
    const list = (at: number) => listTrash(bob, { room: { id: at }, page })
    const back = (at: number) =>
      restoreNodes(bob, { nodes: [{ id: at }], onClash: 'rename', mode: 'all' })
    const purge = (at: number) => purgeDeleted(bob, { nodes: [{ id: at }], mode: 'all' })
    expect(await faultOf(list(id))).toBe('not-found node room')
    const look = (at: number) => findDeleted(bob, { node: { id: at } })
    for (const call of [back, purge, look]) {
      expect(await faultOf(call(mine))).toBe('not-found node')
    }
    expect((await list(other)).total).toBe(1)
    expect((await findDeleted(bob, { node: { id: theirs } })).id).toBe(theirs)
    expect(await faultOf(back(theirs))).toBe('forbidden node')
    expect(await faultOf(purge(theirs))).toBe('forbidden node')
    expect(await faultOf(emptyTrash(bob, { room: { id: other } }))).toBe('forbidden node')
    const restores = await room(RESTORE_TRASH)
    const third = (await put(restores, 'c', 'x')).node.id
    await trash(third)
    expect(await faultOf(list(restores))).toBe('forbidden node')
    expect(await faultOf(back(third))).toBe('forbidden node parent')
    const purges = await room(DELETE_TRASH | DELETE)
    const fourth = (await put(purges, 'd', 'x')).node.id
    await trash(fourth)
    await purge(fourth)
    expect(await groups(purges)).toEqual([])
  })

  test('filters, sorts and pages of the list', async () => {
    const id = await room()
    const sub = (await folder(id, 'Sub')).node.id
    for (const [at, name] of [
      [id, 'b.txt'],
      [sub, 'a.txt'],
      [id, 'c.pdf'],
    ] as const) {
      await trash((await put(at, name, name)).node.id)
      world.pass(10)
    }
    await trash((await folder(id, 'z')).node.id)
    const names = async (more: object) => (await groups(id, more)).map(({ name }) => name)
    expect(await names({})).toEqual(['z', 'a.txt', 'b.txt', 'c.pdf'])
    expect(await names({ sort: { by: 'name', descending: true } })).toEqual([
      'z',
      'c.pdf',
      'b.txt',
      'a.txt',
    ])
    const byPath = { sort: { by: 'parentPath', descending: true } }
    expect(await names(byPath)).toEqual(['z', 'a.txt', 'b.txt', 'c.pdf'])
    for (const by of ['versions', 'firstDeletedAt', 'lastDeletedAt', 'clientModifiedAt']) {
      expect(await names({ sort: { by, descending: false } })).toHaveLength(4)
    }
    expect(await names({ filter: { nameContains: 'TXT' } })).toEqual(['a.txt', 'b.txt'])
    expect(await names({ filter: { parentPathContains: '/SUB/' } })).toEqual(['a.txt'])
    expect(await names({ filter: { kinds: ['folder'] } })).toEqual(['z'])
    expect(await names({ filter: { clientModifiedFrom: world.now() - 15 } })).toEqual([
      'z',
      'c.pdf',
    ])
    const second = await listTrash(ann(), { room: { id }, page: { offset: 1, limit: 2 } })
    expect([second.total, second.items.map(({ name }) => name)]).toEqual([4, ['a.txt', 'b.txt']])
  })

  test('two who restore at once: one does', async () => {
    const id = await room()
    const file = (await put(id, 'a.txt', 'x')).node.id
    await trash(file)
    const both = await Promise.allSettled([restore([file]), restore([file])])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const target = (await folder(id, 'to')).node.id
    await trash(file)
    const work = [
      restore([file]),
      purgeDeleted(ann(), { nodes: [{ id: file }], mode: 'all' as const }),
    ]
    const done = (await Promise.allSettled<unknown>(work)).map(({ status }) => status)
    expect(done.filter((status) => status === 'fulfilled')).toHaveLength(1)
    await trash(target)
  })

  test('a file that moved takes its old versions into the trash of its new room', async () => {
    const [id, to] = [await room(), await room()]
    await put(id, 'a.txt', 'one')
    const file = await put(id, 'a.txt', 'two')
    const target = { target: { id: to }, onClash: 'fail', mode: 'all' } as const
    await moveNodes(ann(), { items: [{ node: idOf(file) }], ...target })
    expect([await groups(id), (await groups(to)).length]).toEqual([[], 1])
  })

  test('nothing is left behind that the check would find', async () => {
    const findings = await checkEverything(world.app, { deep: true })
    expect(findings.filter(({ kind }) => kind !== 'orphan')).toEqual([])
  })
})
