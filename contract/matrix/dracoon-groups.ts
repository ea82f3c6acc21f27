import { group, groupId, inGroup, inRoom, permissions } from '../dracoon/group-scene.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const made = group(['member'], permissions.read)
const before = group()
const ids = { ids: [] }
// A group is seen by those who may read groups in its tenant.
const groups = { need: 'users', before, but: { stranger: 'not-found' } } as const

/** Groups, their members and what they are given in rooms. */
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
]
