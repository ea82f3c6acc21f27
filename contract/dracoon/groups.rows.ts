import type { ContractRow, Scene } from '../row.ts'
import { done, group, groupName, inGroup, inRoom, names, permissions, sees } from './group-scene.ts'

const noGroup = { status: 404, code: -30000 }
const unknown = { params: { group_id: 8_888_888 } }
const noNumber = { params: { group_id: 'x' } }
const notANumber = { status: 400, code: -80002 }
const asAdmin = { as: 'admin' } as const
const past = { enableExpiration: true, expireAt: '2001-01-01T00:00:00Z' }
const ahead = { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' }

/** Who may not, and what is not there, for every operation on one group. */
function guards(op: string, body?: object): ContractRow[] {
  const base = { op, before: group() }
  return [
    {
      ...base,
      name: 'without a session',
      as: null,
      send: inGroup(body),
      want: { status: 401, code: -10012 },
    },
    {
      ...base,
      name: 'without the right',
      as: 'manager',
      send: inGroup(body),
      want: { status: 403 },
    },
    { ...base, name: 'in another tenant', as: 'stranger', send: inGroup(body), want: noGroup },
    { ...base, ...asAdmin, name: 'an unknown group', send: { ...unknown, body }, want: noGroup },
    {
      ...base,
      ...asAdmin,
      name: 'a number that is none',
      send: { ...noNumber, body },
      want: notANumber,
    },
    {
      ...base,
      ...asAdmin,
      name: 'a negative number',
      send: { params: { group_id: -1 }, body },
      want: { status: 400, code: -80001 },
    },
  ]
}

const create = { op: 'createGroup', ...asAdmin } as const

const making: readonly ContractRow[] = [
  {
    ...create,
    name: 'without an end',
    send: (scene) => ({ body: { name: groupName(scene) } }),
    want: (scene) => ({
      status: 201,
      body: {
        id: (id) => Number(id) > 0,
        name: groupName(scene),
        cntUsers: 0,
        createdBy: { userName: 'admin' },
        expireAt: undefined,
        groupRoles: { items: [] },
      },
      events: ['group.created'],
    }),
  },
  {
    ...create,
    name: 'with an end',
    send: (scene) => ({ body: { name: groupName(scene), expiration: ahead } }),
    want: {
      status: 201,
      body: { expireAt: '2099-01-01T00:00:00.000Z' },
      events: ['group.created'],
    },
  },
  {
    ...create,
    name: 'a taken name, in any case',
    before: group(),
    send: (scene) => ({ body: { name: groupName(scene).toUpperCase() } }),
    want: { status: 409 },
  },
  { ...create, name: 'without a name', send: { body: {} }, want: { status: 400, code: -80000 } },
  {
    ...create,
    name: 'a name that is too long',
    send: { body: { name: 'x'.repeat(151) } },
    want: { status: 400, code: -80007 },
  },
  {
    ...create,
    name: 'an end that has passed',
    send: { body: { name: 'past', expiration: past } },
    want: { status: 400, code: -80006 },
  },
  {
    ...create,
    name: 'an end without a date',
    send: { body: { name: 'no date', expiration: { enableExpiration: true } } },
    want: { status: 400, code: -80000 },
  },
  {
    ...create,
    name: 'a name with an angle bracket',
    send: { body: { name: 'a<b' } },
    want: { status: 400 },
  },
  {
    ...create,
    name: 'a flag that is none',
    send: { body: { name: 'flag', expiration: { enableExpiration: 'maybe' } } },
    want: { status: 400, code: -80005 },
  },
  {
    ...create,
    name: 'without a session',
    as: null,
    send: { body: { name: 'x' } },
    want: { status: 401, code: -10012 },
  },
  {
    ...create,
    name: 'without the right',
    as: 'manager',
    send: { body: { name: 'x' } },
    want: { status: 403 },
  },
]

const list = { op: 'requestGroups', ...asAdmin } as const
const two = async (scene: Scene) => {
  await group(['member', 'reader'])(scene)
  await done(scene, 'createGroup', 'admin', {
    body: { name: `${groupName(scene)} b`, expiration: ahead },
  })
}
const both = (sort: string) => (scene: Scene) => ({
  query: { filter: `name:cn:${groupName(scene)}`, sort },
})
const ordered =
  (...endings: string[]) =>
  (scene: Scene) =>
    names(endings.map((ending) => `${groupName(scene)}${ending}`).join(' | '))

const reading: readonly ContractRow[] = [
  {
    ...list,
    name: 'with how many are in them',
    before: group(['member', 'reader']),
    send: (scene) => ({ query: { filter: `name:cn:${groupName(scene)}` } }),
    want: { status: 200, body: { range: { total: 1 }, items: [{ cntUsers: 2 }] } },
  },
  { ...list, name: 'by name', before: two, send: both('name:asc'), want: ordered('', ' b') },
  { ...list, name: 'backwards', before: two, send: both('name:desc'), want: ordered(' b', '') },
  { ...list, name: 'by members', before: two, send: both('cntUsers:asc'), want: ordered(' b', '') },
  {
    ...list,
    name: 'by age',
    before: two,
    send: both('createdAt:asc|name:asc'),
    want: ordered('', ' b'),
  },
  {
    ...list,
    name: 'by end',
    before: two,
    send: both('expireAt:asc'),
    want: { status: 200, body: { range: { total: 2 } } },
  },
  {
    ...list,
    name: 'a role that none of them has',
    before: group(),
    send: (scene) => ({ query: { filter: `name:cn:${groupName(scene)}|hasRole:eq:LOG_AUDITOR` } }),
    want: { status: 200, body: { items: [] } },
  },
  {
    ...list,
    name: 'a limit above 500',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
  { ...list, name: 'without a session', as: null, want: { status: 401, code: -10012 } },
  { ...list, name: 'without the right', as: 'member', want: { status: 403 } },
  {
    op: 'requestGroup',
    ...asAdmin,
    name: 'one',
    before: group(['member']),
    send: inGroup(),
    want: { status: 200, body: { cntUsers: 1, createdBy: { userName: 'admin' } } },
  },
  ...guards('requestGroup'),
  {
    op: 'requestGroupRoles',
    ...asAdmin,
    name: 'none at first',
    before: group(),
    send: inGroup(),
    want: { status: 200, body: { items: [] } },
  },
  ...guards('requestGroupRoles'),
]

const update = { op: 'updateGroup', ...asAdmin } as const
const alone = (given: Parameters<typeof group>[1]) => async (scene: Scene) => {
  await group(['manager'], given)(scene)
  const ids = [scene.userId('manager'), scene.userId('admin')]
  await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
}

const changing: readonly ContractRow[] = [
  {
    ...update,
    name: 'its name',
    before: group(),
    send: inGroup((scene) => ({ name: `${groupName(scene)} new` })),
    want: (scene) => ({
      status: 200,
      body: { name: `${groupName(scene)} new`, updatedBy: { userName: 'admin' } },
      events: ['group.changed'],
    }),
  },
  {
    ...update,
    name: 'an end, and none again',
    before: async (scene) => {
      await group(['member'], permissions.read)(scene)
      await done(scene, 'updateGroup', 'admin', inGroup({ expiration: ahead })(scene))
    },
    send: inGroup({ expiration: { enableExpiration: false } }),
    want: { status: 200, body: { expireAt: undefined }, events: ['group.changed'] },
    then: (scene) => sees(scene, 'member', true),
  },
  {
    ...update,
    name: 'an end where the group alone governs a room',
    before: alone(permissions.manage),
    send: inGroup({ expiration: ahead }),
    want: { status: 400, code: -40006 },
  },
  {
    ...update,
    name: 'a taken name',
    before: two,
    send: inGroup((scene) => ({ name: `${groupName(scene)} B` })),
    want: { status: 409 },
  },
  {
    ...update,
    name: 'an empty name',
    before: group(),
    send: inGroup({ name: '' }),
    want: { status: 400, code: -80000 },
  },
  {
    ...update,
    name: 'a name that is too long',
    before: group(),
    send: inGroup({ name: 'x'.repeat(151) }),
    want: { status: 400, code: -80007 },
  },
  {
    ...update,
    name: 'an end that has passed',
    before: group(),
    send: inGroup({ expiration: past }),
    want: { status: 400, code: -80006 },
  },
  {
    ...update,
    name: 'a flag that is none',
    before: group(),
    send: inGroup({ expiration: { enableExpiration: 'maybe' } }),
    want: { status: 400, code: -80005 },
  },
  ...guards('updateGroup', { name: 'other' }),
  {
    op: 'removeGroup',
    ...asAdmin,
    name: 'with all that its members held by it',
    before: group(['member'], permissions.read),
    send: inGroup(),
    want: { status: 204, body: undefined, events: ['group.deleted'] },
    then: async (scene) => {
      await sees(scene, 'member', false)
      const { status } = await scene.call('requestGroup', 'admin', inGroup()(scene))
      if (status !== 404) throw new Error(`it is still there: ${status}`)
    },
  },
  {
    op: 'removeGroup',
    ...asAdmin,
    name: 'one that alone governs a room',
    before: alone(permissions.manage),
    send: inGroup(),
    want: { status: 400, code: -40006 },
  },
  ...guards('removeGroup'),
]

const ids = (...who: ('member' | 'reader' | 'manager')[]) =>
  inGroup((scene) => ({ ids: who.map((one) => scene.userId(one)) }))
const add = { op: 'addGroupMembers', ...asAdmin } as const
const remove = { op: 'removeGroupMembers', ...asAdmin } as const
const nobody = { status: 404, code: -70501 }

const members: readonly ContractRow[] = [
  {
    ...add,
    name: 'who sees at once what the group was given',
    before: group([], permissions.read),
    send: ids('member', 'member'),
    want: { status: 200, body: { cntUsers: 1 }, events: ['group.joined'] },
    then: (scene) => sees(scene, 'member', true),
  },
  {
    ...add,
    name: 'who is in it already',
    before: group(['member']),
    send: ids('reader', 'member'),
    want: { status: 400, code: -70510 },
  },
  {
    ...add,
    name: 'who is not there',
    before: group(),
    send: inGroup({ ids: [8_888_888] }),
    want: nobody,
  },
  {
    ...add,
    name: 'no list',
    before: group(),
    send: inGroup({}),
    want: { status: 400, code: -80000 },
  },
  ...guards('addGroupMembers', { ids: [] }),
  {
    ...remove,
    name: 'who loses what he held by the group',
    before: group(['member'], permissions.read),
    send: ids('member'),
    want: { status: 200, body: { cntUsers: 0 }, events: ['group.left'] },
    then: (scene) => sees(scene, 'member', false),
  },
  {
    ...remove,
    name: 'who is not in it is passed over',
    before: group(['member']),
    send: ids('reader'),
    want: { status: 200, body: { cntUsers: 1 } },
  },
  {
    ...remove,
    name: 'the last administrator of a room',
    before: alone(permissions.manage),
    send: ids('manager'),
    want: { status: 400, code: -40006 },
  },
  {
    ...remove,
    name: 'who is not there',
    before: group(),
    send: inGroup({ ids: [8_888_888] }),
    want: nobody,
  },
  {
    ...remove,
    name: 'more than 200',
    before: group(),
    send: inGroup({ ids: Array.from({ length: 201 }, (_, at) => at + 1) }),
    want: { status: 400, code: -80063 },
  },
  {
    ...remove,
    name: 'no list',
    before: group(),
    send: inGroup({}),
    want: { status: 400, code: -80000 },
  },
  ...guards('removeGroupMembers', { ids: [] }),
]

/** Groups and who is in them. */
export const groupsRows: readonly ContractRow[] = [...making, ...reading, ...changing, ...members]
