import {
  account,
  accountId,
  group,
  groupId,
  inGroup,
  inRoom,
  ofAccount,
  permissions,
} from '../dracoon/group-scene.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const made = group(['member'], permissions.read)
const before = group()
const ids = { ids: [] }
// A group is seen by those who may read groups in its tenant.
const groups = { need: 'users', before, but: { stranger: 'not-found' } } as const

const accounts = { need: 'users', before: account(), but: { stranger: 'not-found' } } as const

/** Groups, accounts, roles, and what they are given in rooms. */
export const groupsMatrix: readonly MatrixRow[] = [
  { op: 'requestGroups', need: 'users' },
  {
    op: 'createGroup',
    need: 'users',
    send: (scene: Scene) => ({ body: { name: `made ${scene.nodeId('/')}` } }),
  },
  { ...groups, op: 'requestGroup', send: inGroup() },
  { ...groups, op: 'requestGroupRoles', send: inGroup() },
  { ...groups, op: 'updateGroup', send: inGroup((scene) => ({ name: `new ${groupId(scene)}` })) },
  { ...groups, op: 'removeGroup', send: inGroup() },
  { ...groups, op: 'addGroupMembers', send: inGroup(ids) },
  { ...groups, op: 'removeGroupMembers', send: inGroup(ids) },
  {
    op: 'requestRoomGroups',
    need: 'read',
    before: made,
    // He is in a group that may read the room.
    but: { member: 'ok' },
    send: inRoom(),
  },
  {
    op: 'updateRoomGroups',
    need: 'manage',
    before,
    send: inRoom((scene) => ({ items: [{ id: groupId(scene), permissions: permissions.read }] })),
  },
  { op: 'revokeRoomGroups', need: 'manage', send: inRoom(ids) },
  { op: 'requestPendingAssignments', need: 'user' },
  { op: 'changePendingAssignments', need: 'user', send: () => ({ body: { items: [] } }) },
  { ...groups, op: 'requestGroupMembers', send: inGroup() },
  { ...groups, op: 'requestGroupRooms', send: inGroup() },
  { ...groups, op: 'requestLastAdminRoomsGroups', send: inGroup() },
  { op: 'requestRoles', need: 'users' },
  ...['requestRoleUsers', 'requestRoleGroups'].map((op) => ({
    op,
    need: 'users' as const,
    send: () => ({ params: { role_id: 5 } }),
  })),
  ...['addRoleUsers', 'revokeRoleUsers', 'addRoleGroups', 'revokeRoleGroups'].map((op) => ({
    op,
    need: 'users' as const,
    send: () => ({ params: { role_id: 5 }, body: { ids: [] } }),
  })),
  { ...accounts, op: 'updateUser', send: ofAccount({ firstName: 'New' }) },
  { ...accounts, op: 'removeUser', send: ofAccount() },
  { ...accounts, op: 'requestUserGroups', send: ofAccount() },
  { ...accounts, op: 'requestUsersRooms', send: ofAccount() },
  { ...accounts, op: 'requestLastAdminRoomsUsers', send: ofAccount() },
  { ...accounts, op: 'requestEmergencyMfaCode', send: ofAccount(), passes: 400 },
  { ...accounts, op: 'requestUserRoles', send: ofAccount() },
  { op: 'requestRoomPolicies', need: 'read', send: inRoom() },
  { op: 'setRoomPolicies', need: 'manage', send: inRoom({ defaultExpirationPeriod: 0 }) },
  {
    op: 'addRoomGuestUsers',
    need: 'manage',
    send: inRoom({ roomGuestInvitations: [] }),
    // The tenant has no guests.
    passes: 400,
  },
  { op: 'requestGuestUsersPoliciesConfig', need: 'users' },
  {
    op: 'changeGuestUsersPoliciesConfig',
    need: 'users',
    send: () => ({ body: { isInviteUsersEnabled: false } }),
  },
  { ...accounts, op: 'requestUserAttributes', send: ofAccount() },
  { ...accounts, op: 'updateUserAttributes', send: ofAccount({ items: [] }) },
  { ...accounts, op: 'setUserAttributes', send: ofAccount({ items: [] }) },
  {
    ...accounts,
    op: 'removeUserAttribute',
    before: async (scene: Scene) => {
      await account()(scene)
      const body = { items: [{ key: 'k', value: 'v' }] }
      await scene.call('setUserAttributes', 'admin', ofAccount(body)(scene))
    },
    send: (scene: Scene) => ({ params: { user_id: accountId(scene), key: 'k' } }),
  },
]
