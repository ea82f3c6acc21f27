import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameKey } from '../../lib/names/name-key.ts'
import type { Node, NodeFilter, NodeSort } from '../nodes/node.ts'
import type { ChildrenQuery } from '../nodes/node-store.ts'
import { CREATE, MANAGE, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import {
  addFile,
  addFolder,
  addMount,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

const sorts: NodeSort['by'][] = [
  'name',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'size',
  'classification',
  'clientCreatedAt',
  'clientModifiedAt',
  'fileType',
  'oldVersions',
  'children',
]

const directions = sorts.flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
])

/** What every store of nodes has to do for listings. */
export function nodeListingSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} lists nodes`, () => {
    let subject: StoreSubject
    let parentId: number
    beforeAll(async () => {
      subject = await open()
      parentId = await subject.store.write(subject.tenants[0], fill)
    })
    afterAll(() => subject.close())

    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const query = (more: Partial<ChildrenQuery> = {}): ChildrenQuery => ({
      parentId,
      filter: {},
      sort: { by: 'name', descending: false },
      visibleTo: null,
      now: madeAt,
      ...more,
    })
    const names = (filter: NodeFilter, visibleTo: number | null = null) =>
      read(async (tx) => {
        const wanted = query({ filter, visibleTo })
        const found = await tx.nodes.children(wanted, { skip: 0, limit: 100 })
        expect(await tx.nodes.countChildren(wanted)).toBe(found.length)
        return found.map((node) => node.name)
      })

    pagesSuite(read, query)

    it('sorts names byte by byte within rooms, folders and files', async () => {
      const found = await names({})
      expect(found.slice(0, 4)).toEqual(['Mount', 'Room a', 'Room b', 'room c'])
      expect(found.slice(4, 7)).toEqual(['a_folder', 'folder', 'Äther'])
      expect(found.slice(7, 10)).toEqual(['100%.txt', '100x.txt', 'File 0.pdf'])
      expect(found).not.toContain('expired')
      expect(found).not.toContain('deleted')
    })

    it('filters by kind, name, time and id', async () => {
      expect(await names({ kinds: ['room'] })).toEqual(['Room a', 'Room b', 'room c'])
      expect(await names({ kinds: ['mount'] })).toEqual(['Mount'])
      expect(await names({ kinds: ['folder', 'room'] })).toHaveLength(6)
      expect(await names({ kinds: [] })).toEqual([])
      expect(await names({ nameContains: '0%' })).toEqual(['100%.txt'])
      expect(await names({ nameContains: '_' })).toEqual(['a_folder'])
      expect(await names({ nameContains: 'äTH' })).toEqual(['Äther'])
      expect(await names({ nameContains: '\\' })).toEqual([])
      expect(await names({ nameIs: 'FOLDER' })).toEqual(['folder'])
      expect(await names({ changedFrom: madeAt + 19, changedTo: madeAt + 20 })).toHaveLength(2)
      expect(await names({ clientCreatedFrom: 0, clientCreatedTo: 10 })).toHaveLength(2)
      expect(await names({ clientModifiedFrom: 0, clientModifiedTo: 4 })).toHaveLength(1)
      expect(await names({ ids: [] })).toEqual([])
    })

    it('filters by node ids and by ids of current versions', async () => {
      const all = await read((tx) => tx.nodes.children(query(), { skip: 0, limit: 100 }))
      const { id, currentId, name: first } = all.find((node) => node.currentId !== node.id)!
      expect(await names({ ids: [id, parentId, 999_999_999] })).toEqual([first])
      expect(await names({ currentIds: [currentId] })).toEqual([first])
      expect(await names({ currentIds: [id] })).toEqual([])
      expect(await names({ currentIds: [all[0]!.id], kinds: [all[0]!.kind] })).toHaveLength(1)
    })

    accessSuite(names)
  })
}

type Read = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>
type Query = (more?: Partial<ChildrenQuery>) => ChildrenQuery

function pagesSuite(read: Read, query: Query): void {
  it.each(directions)('pages by $by, descending $descending', async (sort) => {
    await read(async (tx) => {
      const wanted = query({ sort })
      const whole = await tx.nodes.children(wanted, { skip: 0, limit: 500 })
      expect(whole).toHaveLength(await tx.nodes.countChildren(wanted))
      expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
      const kinds = whole.map(({ kind }) => ['room', 'folder', 'file'].indexOf(kind))
      const orders = kinds.map((order) => Math.max(order, 0))
      expect(orders).toEqual([...orders].sort())
      expectSorted(whole, sort)
      const paged: Node[] = []
      for (;;) {
        const last = paged.at(-1)
        const after = last && tx.nodes.seekKey(last, sort)
        const page = await tx.nodes.children(wanted, { skip: 0, limit: 7, ...(after && { after }) })
        paged.push(...page)
        if (page.length < 7) break
      }
      expect(paged).toEqual(whole)
      const after = tx.nodes.seekKey(whole[3]!, sort)
      for (const skip of [1, 5, 60]) {
        const far = await tx.nodes.children(wanted, { skip, limit: 10 })
        expect(far).toEqual(whole.slice(skip, skip + 10))
        const further = await tx.nodes.children(wanted, { after, skip, limit: 10 })
        expect(further).toEqual(whole.slice(4 + skip, 14 + skip))
      }
      expect(await tx.nodes.children(wanted, { skip: 500, limit: 10 })).toEqual([])
      expect(await tx.nodes.children(wanted, { skip: 0, limit: 0 })).toEqual([])
    })
  })
}

/** Where the value can be told from the node: it rises (or falls) among the files. */
function expectSorted(nodes: readonly Node[], { by, descending }: NodeSort): void {
  const files = nodes.filter(({ kind }) => kind === 'file')
  const values = files.map((node) => {
    if (by === 'name') return Buffer.from(nameKey(node.name)).toString('hex')
    if (by === 'size') return node.content!.size
    if (by === 'createdBy' || by === 'updatedBy') return 0
    if (by === 'oldVersions' || by === 'children') return 0
    if (by === 'fileType') return nameKey(node.name).split('.')[1] ?? ''
    if (by === 'clientCreatedAt') return node.clientCreatedAt ?? node.createdAt
    if (by === 'clientModifiedAt') return node.clientModifiedAt ?? node.updatedAt
    return node[by] ?? Number.MIN_SAFE_INTEGER
  })
  for (let at = 1; at < values.length; at++) {
    const [one, next] = descending ? [values[at]!, values[at - 1]!] : [values[at - 1]!, values[at]!]
    expect(one <= next).toBe(true)
  }
}

function accessSuite(names: (filter: NodeFilter, user?: number) => Promise<string[]>): void {
  it('lists rooms and mounts only where the user has rows in force', async () => {
    const rooms: NodeFilter = { kinds: ['room', 'mount'] }
    expect(await names(rooms, 50)).toEqual(['Room a', 'Room b'])
    expect(await names(rooms, 51)).toEqual(['Mount', 'room c'])
    expect(await names(rooms, 52)).toEqual([])
    expect((await names({}, 52)).length).toBeGreaterThan(50)
  })

  it('filters by what the user holds, as a union of his rows', async () => {
    const rooms: NodeFilter = { kinds: ['room', 'mount'] }
    expect(await names({ ...rooms, permissions: [READ] }, 50)).toEqual(['Room a'])
    expect(await names({ ...rooms, permissions: [READ | CREATE] }, 50)).toEqual(['Room a'])
    expect(await names({ ...rooms, permissions: [MANAGE] }, 50)).toEqual([])
    expect(await names({ ...rooms, permissions: [MANAGE, CREATE] }, 50)).toEqual(['Room a'])
    expect(await names({ ...rooms, permissions: [0] }, 50)).toEqual(['Room a', 'Room b'])
    expect(await names({ ...rooms, permissions: [] }, 50)).toEqual([])
    expect(await names({ ...rooms, permissions: [READ] }, 51)).toEqual(['Mount'])
    const files: NodeFilter = { kinds: ['file'], nameContains: '100' }
    expect(await names({ ...files, permissions: [READ] }, 53)).toHaveLength(2)
    expect(await names({ ...files, permissions: [CREATE] }, 53)).toEqual([])
  })
}

async function fill(tx: Tx): Promise<number> {
  const parent = await addRoom(tx, null, 'listing')
  const [a, b, c] = [
    await addRoom(tx, parent, 'Room a'),
    await addRoom(tx, parent, 'Room b'),
    await addRoom(tx, parent, 'room c'),
  ]
  const target = await addRoom(tx, null, 'shown elsewhere')
  await addMount(tx, parent, target, 'Mount')
  for (const name of ['folder', 'a_folder', 'Äther']) await addFolder(tx, parent, name)
  await addFile(tx, parent, '100%.txt', 5)
  await addFile(tx, parent, '100x.txt', 5)
  await addFile(tx, parent, 'expired', 1, { expireAt: madeAt })
  await tx.nodes.markDeleted(await addFile(tx, parent, 'deleted'), madeAt, 1)
  for (let at = 0; at < 70; at++) await addVaried(tx, parent, at)
  await give(tx, a!, 50, READ)
  await tx.access.insert([
    { boundaryId: a!, userId: 50, permissions: CREATE, viaId: parent, expireAt: madeAt + 1 },
    { boundaryId: a!, userId: 50, permissions: MANAGE, viaId: b!, expireAt: madeAt },
    { boundaryId: b!, userId: 50, permissions: 0, viaId: c!, expireAt: null },
    { boundaryId: c!, userId: 50, permissions: 1023, viaId: c!, expireAt: madeAt - 1 },
    { boundaryId: c!, userId: 51, permissions: 0, viaId: c!, expireAt: null },
  ])
  await give(tx, target, 51, READ)
  await give(tx, parent, 53, READ)
  return parent
}

async function addVaried(tx: Tx, parentId: number, at: number): Promise<void> {
  const ending = ['.pdf', '.TXT', '', '.zip'][at % 4]
  const spread = (at * 37) % 70
  const newer = await tx.nodes.takeIds(1)
  await addFile(tx, parentId, `File ${at}${ending}`, spread % 9, {
    updatedAt: madeAt + at,
    createdAt: madeAt - spread,
    classification: at % 5 === 0 ? null : at % 5,
    clientCreatedAt: at % 2 === 0 ? null : at * 3,
    clientModifiedAt: at % 3 === 0 ? null : spread * 2,
    ...(at === 60 ? { currentId: newer } : {}),
    createdBy: at % 3,
    updatedBy: null,
  })
  if (at !== 60) return
  const file = (await tx.nodes.findChild(parentId, `file ${at}.pdf`))!
  await tx.nodes.insertVersion({
    id: newer,
    nodeId: file.id,
    content: { ...file.content!, versionId: newer },
    createdAt: madeAt,
    createdBy: 1,
    supersededAt: null,
  })
}
