import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { setFavorites } from '../favorites/set-favorites.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { type SearchNodes, searchNodes } from './search-nodes.ts'
import type { SearchSort } from './search-query.ts'

describe.each(await testDatabases())('searching on $kind', (databases) => {
  let world: NodeWorld
  const ids: Record<string, number> = {}

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const { ann, bob } = world.ids
    const room = async (name: string, parent?: number) => {
      const place = parent === undefined ? {} : { parent: { id: parent }, inherit: true }
      const admin = parent === undefined ? { adminIds: [ann] } : {}
      const who = parent === undefined ? world.as('admin') : world.as('ann')
      ids[name] = (await createRoom(who, { name, ...place, ...admin })).node.id
    }
    const folder = async (name: string, parent: string) => {
      const place = { parent: { id: ids[parent]! }, name }
      ids[name] = (await createFolder(world.as('ann'), place)).node.id
    }
    await room('Office')
    await room('Other')
    await room('Inner', ids.Office)
    await folder('plans', 'Office')
    await folder('plan', 'plans')
    await folder('deep', 'plan')
    for (const [parent, name, size] of [
      ['Office', 'Plan.txt', 10],
      ['plans', 'plan b.pdf', 30],
      ['deep', '100%_plan.txt', 20],
      ['Inner', 'inner plan.txt', 5],
      ['Other', 'other plan.txt', 5],
    ] as const) {
      ids[name] = await world.addFile(ids[parent]!, name, { size })
    }
    await setRoomGrants(world.as('ann'), {
      room: { id: ids.Office! },
      grants: [{ userId: bob, permissions: READ }],
    })
  })
  afterAll(() => world.stop())

  const page = { offset: 0, limit: 100 }
  const search = (input: Partial<SearchNodes>, who: 'ann' | 'bob' | 'admin' = 'bob') =>
    searchNodes(world.as(who), { text: 'plan', under: null, page, ...input })
  const names = async (input: Partial<SearchNodes>, who?: 'ann' | 'bob') =>
    (await search(input, who)).items.map(({ node }) => node.name)

  test('text anywhere in a name, exact names first, kinds in their order', async () => {
    expect(await names({})).toEqual([
      'plan',
      'plans',
      '100%_plan.txt',
      'inner plan.txt',
      'plan b.pdf',
      'Plan.txt',
    ])
    expect(await names({ text: 'PLAN.TXT' })).toEqual([
      'Plan.txt',
      '100%_plan.txt',
      'inner plan.txt',
    ])
    expect(await names({ text: 'nowhere' })).toEqual([])
  })

  test('with a star the whole name fits; nothing in it is a pattern of the database', async () => {
    expect(await names({ text: 'plan*' })).toEqual(['plan', 'plans', 'plan b.pdf', 'Plan.txt'])
    expect(await names({ text: '*.PDF' })).toEqual(['plan b.pdf'])
    expect(await names({ text: 'p*b*' })).toEqual(['plan b.pdf'])
    expect(await names({ text: '%' })).toEqual(['100%_plan.txt'])
    expect(await names({ text: '_' })).toEqual(['100%_plan.txt'])
    expect(await names({ text: '\\' })).toEqual([])
    expect((await search({ text: '*' })).total).toBe(11)
    expect((await search({ text: '*' }, 'ann')).total).toBe(13)
  })

  test('only what one sees, wherever it lies', async () => {
    expect(await names({ text: 'other' })).toEqual([])
    expect(await names({ text: 'other' }, 'ann')).toEqual(['Other', 'other plan.txt'])
    const inside = { under: { id: ids.Other! } }
    expect(await faultOf(search(inside))).toBe('not-found node parent')
    await setRoomGrants(world.as('ann'), {
      room: { id: ids.Other! },
      grants: [{ userId: world.ids.bob, permissions: CREATE }],
    })
    const permissions = [READ]
    expect(await names({ text: 'other', filter: { permissions } })).toEqual([])
    expect(await names({ text: 'other' })).toEqual(['Other', 'other plan.txt'])
    await setRoomGrants(world.as('ann'), {
      room: { id: ids.Other! },
      grants: [{ userId: world.ids.bob, permissions: 0 }],
    })
  })

  test('below a place, so many levels deep', async () => {
    const under = { id: ids.Office! }
    expect(await names({ under, depth: 0 })).toEqual(['plans', 'Plan.txt'])
    expect(await names({ under, depth: 1 })).toEqual([
      'plan',
      'plans',
      'inner plan.txt',
      'plan b.pdf',
      'Plan.txt',
    ])
    expect(await names({ under: { id: ids.plans! } })).toEqual([
      'plan',
      '100%_plan.txt',
      'plan b.pdf',
    ])
    expect(await names({ depth: 0, text: 'o' })).toEqual(['Homes', 'Office'])
    expect(await names({ depth: 1, text: '*' })).toHaveLength(6)
    expect(await faultOf(search({ under: { id: ids['Plan.txt']! } }))).toBe(
      'wrong-kind node parent',
    )
  })

  test('by the path of the container', async () => {
    const path = ['office', 'PLANS']
    expect(await names({ parentPathIs: path, text: '*' })).toEqual(['plan', 'plan b.pdf'])
    expect(await names({ parentPathIs: ['office', 'gone'], text: '*' })).toEqual([])
    expect(await names({ parentPathIs: [], text: '*' })).toEqual(['Homes', 'Office'])
    expect(await names({ parentPathContains: '/Plan/' })).toEqual(['100%_plan.txt'])
    const under = { id: ids.plans! }
    expect(await names({ under, parentPathContains: 'office/plans/plan/deep' })).toEqual([
      '100%_plan.txt',
    ])
    const sort: SearchSort = { by: 'parentPath', descending: true }
    expect(await names({ text: '*.txt', sort })).toEqual([
      '100%_plan.txt',
      'inner plan.txt',
      'Plan.txt',
    ])
  })

  test('filters, sorts and pages', async () => {
    expect(await names({ text: '*', filter: { extensionIs: 'PDF' } })).toEqual(['plan b.pdf'])
    expect(await names({ text: '*', filter: { extensionContains: 'x' } })).toHaveLength(3)
    expect(await names({ text: '*', filter: { sizeFrom: 15, kinds: ['file'] } })).toEqual([
      '100%_plan.txt',
      'plan b.pdf',
    ])
    const ann = { createdBy: { contains: 'ANN' } }
    expect(await names({ text: '*', filter: ann })).toEqual(['Inner', 'deep', 'plan', 'plans'])
    expect(await names({ text: '*', filter: { createdBy: { is: 'ann test' } } })).toHaveLength(4)
    expect(await names({ text: '*', filter: { createdBy: { id: null } } })).toHaveLength(6)
    expect(await names({ text: '*', filter: { classifications: [3] } })).toEqual([])
    await setFavorites(world.as('bob'), { nodes: [{ id: ids.deep! }], favorite: true })
    expect(await names({ text: '*', filter: { isFavorite: true } })).toEqual(['deep'])
    expect(await names({ text: '*', filter: { isFavorite: false } })).toHaveLength(10)
    for (const by of ['kind', 'size', 'createdBy', 'oldVersions', 'children'] as const) {
      expect(await names({ text: '*', sort: { by, descending: true } })).toHaveLength(11)
    }
    const bySize: SearchSort = { by: 'size', descending: true }
    expect((await names({ text: '*plan*.*', sort: bySize }))[0]).toBe('plan b.pdf')
    const second = await search({ page: { offset: 1, limit: 2 } })
    expect([second.total, second.items.map(({ node }) => node.name)]).toEqual([
      6,
      ['plans', '100%_plan.txt'],
    ])
    expect(await faultOf(search({ text: '' }))).toBe('invalid body')
    expect(await faultOf(search({ text: 'x'.repeat(2000) }))).toBe('invalid body')
    expect(await faultOf(search({ text: 'a\0' }))).toBe('invalid body')
  })

  test('what is deleted is not found', async () => {
    await deleteNodes(world.as('ann'), { nodes: [{ id: ids.plans! }], mode: 'all' })
    expect(await names({})).toEqual(['inner plan.txt', 'Plan.txt'])
  })
})
