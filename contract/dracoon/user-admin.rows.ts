import type { ContractRow, Scene } from '../row.ts'
import {
  account,
  accountId,
  accountName,
  done,
  group,
  groupName,
  inGroup,
  inRoom,
  names,
  ofAccount,
  permissions,
} from './group-scene.ts'

const asAdmin = { as: 'admin' } as const
const nobody = { status: 404, code: -70501 }
const past = { enableExpiration: true, expireAt: '2001-01-01T00:00:00Z' }
const ahead = { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' }

/** Who may not, and what is not there, for every operation on one account. */
function guards(op: string, forbidden = 403, body?: object): ContractRow[] {
  const base = { op, before: account() }
  return [
    {
      ...base,
      name: 'without a session',
      as: null,
      send: ofAccount(body),
      want: { status: 401, code: -10012 },
    },
    {
      ...base,
      name: 'without the right',
      as: 'manager',
      send: ofAccount(body),
      want: { status: forbidden },
    },
    { ...base, name: 'in another tenant', as: 'stranger', send: ofAccount(body), want: nobody },
    {
      ...base,
      ...asAdmin,
      name: 'nobody',
      send: { params: { user_id: 8_888_888 }, body },
      want: nobody,
    },
    {
      ...base,
      ...asAdmin,
      name: 'a number that is none',
      send: { params: { user_id: 'x' }, body },
      want: { status: 400, code: -80002 },
    },
    {
      ...base,
      ...asAdmin,
      name: 'a negative number',
      send: { params: { user_id: -1 }, body },
      want: { status: 400, code: -80001 },
    },
  ]
}

const update = { op: 'updateUser', ...asAdmin, before: account() } as const
const onlyAdmin = async (scene: Scene) => {
  await account()(scene)
  const item = { id: accountId(scene), permissions: permissions.manage }
  await done(scene, 'updateRoomUsers', 'manager', inRoom({ items: [item] })(scene))
  const ids = [scene.userId('manager'), scene.userId('admin')]
  await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
}
const refused = (name: string, body: object, code: number): ContractRow => ({
  ...update,
  name,
  send: ofAccount(body),
  want: { status: 400, code },
})

const changing: readonly ContractRow[] = [
  {
    ...update,
    name: 'what is said of somebody',
    send: ofAccount({
      firstName: 'Other',
      lastName: 'Name',
      email: 'other@example.test',
      phone: '+49 30 1234',
      receiverLanguage: 'de',
      expiration: ahead,
    }),
    want: (scene) => ({
      status: 200,
      body: {
        firstName: 'Other',
        lastName: 'Name',
        email: 'other@example.test',
        phone: '+49 30 1234',
        userName: accountName(scene),
        expireAt: '2099-01-01T00:00:00.000Z',
        isLocked: false,
      },
      events: ['user.changed'],
    }),
  },
  {
    ...update,
    name: 'a new user name',
    send: ofAccount((scene) => ({ userName: `${accountName(scene)}b` })),
    want: (scene) => ({
      status: 200,
      body: { userName: `${accountName(scene)}b`, login: `${accountName(scene)}b` },
      events: ['user.changed'],
    }),
  },
  {
    ...update,
    name: 'a lock, by the old word for it',
    send: ofAccount({ lockStatus: 0 }),
    want: { status: 200, body: { isLocked: true, lockStatus: 0 }, events: ['user.changed'] },
  },
  {
    ...update,
    name: 'a taken user name',
    send: ofAccount({ userName: 'READER' }),
    want: { status: 409, code: -70564 },
  },
  {
    ...update,
    name: 'a second factor that is enforced',
    send: ofAccount({ mfaConfig: { mfaEnforced: true } }),
    want: { status: 402, code: -89000 },
  },
  {
    ...update,
    name: 'an end of the only administrator of a room',
    before: onlyAdmin,
    send: ofAccount({ expiration: ahead }),
    want: { status: 400, code: -40006 },
  },
  {
    op: 'updateUser',
    ...asAdmin,
    name: 'a lock of the only holder of a role',
    send: (scene) => ({ params: { user_id: scene.userId('admin') }, body: { isLocked: true } }),
    want: { status: 400, code: -71006 },
  },
  refused('another way to sign in', { authData: { method: 'radius' } }, -10100),
  refused('a language that is none', { receiverLanguage: '???' }, -10013),
  refused('an unknown lock', { lockStatus: 7 }, -70509),
  refused('an end that has passed', { expiration: past }, -80006),
  refused('a name that is too long', { firstName: 'x'.repeat(151) }, -80007),
  refused('an empty user name', { userName: '' }, -80000),
  refused('a flag that is none', { isLocked: 'maybe' }, -80005),
  ...guards('updateUser', 403, { firstName: 'x' }),
]

const removing: readonly ContractRow[] = [
  {
    op: 'removeUser',
    ...asAdmin,
    name: 'with the home',
    before: account(),
    send: ofAccount(),
    want: { status: 204, body: undefined, events: ['user.deleted'] },
    then: async (scene) => {
      const { status } = await scene.call('requestUser', 'admin', ofAccount()(scene))
      if (status !== 404) throw new Error(`still there: ${status}`)
    },
  },
  {
    op: 'removeUser',
    ...asAdmin,
    name: 'the only administrator of a room',
    before: onlyAdmin,
    send: ofAccount(),
    want: { status: 400, code: -40006 },
  },
  ...guards('removeUser'),
]

const member = async (scene: Scene) => {
  await account()(scene)
  await group([], permissions.read)(scene)
  await done(scene, 'addGroupMembers', 'admin', inGroup({ ids: [accountId(scene)] })(scene))
}
const asked = (filter: string) => (scene: Scene) => ({
  params: { user_id: accountId(scene) },
  query: { filter },
})
const tooMany = (op: string): ContractRow => ({
  op,
  ...asAdmin,
  name: 'a limit above 500',
  before: account(),
  send: (scene) => ({ params: { user_id: accountId(scene) }, query: { limit: 501 } }),
  want: { status: 400, code: -80024 },
})

const reading: readonly ContractRow[] = [
  {
    op: 'requestUserGroups',
    ...asAdmin,
    name: 'those one is in',
    before: member,
    send: ofAccount(),
    want: (scene) => names(groupName(scene)),
  },
  {
    op: 'requestUserGroups',
    ...asAdmin,
    name: 'and those one is not in',
    before: async (scene) => {
      await account()(scene)
      await group()(scene)
    },
    send: (scene) => asked(`isMember:eq:false|name:cn:${groupName(scene)}`)(scene),
    want: (scene) => names(groupName(scene)),
  },
  tooMany('requestUserGroups'),
  ...guards('requestUserGroups'),
  {
    op: 'requestUserRoles',
    ...asAdmin,
    name: 'those one was given',
    before: account(),
    send: ofAccount(),
    want: { status: 200, body: { items: [{ id: 7, name: 'USER' }] } },
  },
  ...guards('requestUserRoles'),
  {
    op: 'requestUsersRooms',
    ...asAdmin,
    name: 'through groups, where it is asked for',
    before: member,
    send: asked('effectivePerm:eq:any'),
    want: {
      status: 200,
      body: { range: { total: 1 }, items: [{ isGranted: true, permissions: permissions.read }] },
    },
  },
  {
    op: 'requestUsersRooms',
    ...asAdmin,
    name: 'what was given to the user alone',
    before: member,
    send: ofAccount(),
    want: { status: 200, body: { items: [] } },
  },
  {
    op: 'requestUsersRooms',
    ...asAdmin,
    name: 'where nobody else is administrator',
    before: onlyAdmin,
    send: asked('isLastAdmin:eq:true'),
    want: (scene) => ({ status: 200, body: { items: [{ id: scene.nodeId('/') }] } }),
  },
  {
    op: 'requestUsersRooms',
    ...asAdmin,
    name: 'rooms that are not granted',
    before: account(),
    send: asked('isGranted:eq:false|isLastAdmin:eq:false'),
    want: { status: 200, body: (body) => (body as { items: unknown[] }).items.length > 0 },
  },
  tooMany('requestUsersRooms'),
  ...guards('requestUsersRooms'),
  {
    op: 'requestLastAdminRoomsUsers',
    ...asAdmin,
    name: 'those that would have none',
    before: onlyAdmin,
    send: ofAccount(),
    want: (scene) => ({
      status: 200,
      body: { items: [{ id: scene.nodeId('/'), parentPath: '/', lastAdminInGroup: false }] },
    }),
  },
  {
    op: 'requestLastAdminRoomsUsers',
    ...asAdmin,
    name: 'by being the last of a group',
    before: async (scene) => {
      await account()(scene)
      await group([], permissions.manage)(scene)
      await done(scene, 'addGroupMembers', 'admin', inGroup({ ids: [accountId(scene)] })(scene))
      const ids = [scene.userId('manager'), scene.userId('admin')]
      await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
    },
    send: ofAccount(),
    want: {
      status: 200,
      body: { items: [{ lastAdminInGroup: true, lastAdminInGroupId: (id) => Number(id) > 0 }] },
    },
  },
  ...guards('requestLastAdminRoomsUsers'),
  {
    op: 'requestEmergencyMfaCode',
    ...asAdmin,
    name: 'nobody has a second factor',
    before: account(),
    send: ofAccount(),
    want: { status: 400, code: -10111 },
  },
  ...guards('requestEmergencyMfaCode'),
]

/** Changing and removing accounts, and what they belong to. */
export const userAdminRows: readonly ContractRow[] = [...changing, ...removing, ...reading]
