import { type Decision, decideAdmissions } from '../../core/groups/decide-admissions.ts'
import { findAdmissions } from '../../core/groups/find-admissions.ts'
import { removeRoomGrants } from '../../core/permissions/remove-room-grants.ts'
import { roomGroupGrants } from '../../core/permissions/room-group-grants.ts'
import { setRoomGrants } from '../../core/permissions/set-room-grants.ts'
import type { Row } from '../operation.ts'
import type { PendingAssignment } from './generated/shapes.ts'
import {
  readPendingFilter,
  readPendingSort,
  readRoomGroupFilter,
  readRoomGroupSort,
} from './groups-query.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentPendingAssignment, presentRoomGroup } from './present-group.ts'
import { presentRange, readPermissions } from './present-node.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'

/** Groups in rooms, and their members who wait to be let in. */
export const roomGroupsRows: Row[] = [
  op('requestRoomGroups', {
    auth: 'user',
    run: (ctx, { params }) =>
      roomGroupGrants(ctx, {
        room: nodeRef(params.room_id),
        filter: readRoomGroupFilter(params.filter),
        descending: readRoomGroupSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoomGroup) }),
  }),

  op('updateRoomGroups', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      setRoomGrants(ctx, {
        room: nodeRef(params.room_id),
        grants: body.items.map((item) => ({
          groupId: item.id,
          permissions: readPermissions(item.permissions),
          admits: readAcceptance(item.newGroupMemberAcceptance),
        })),
      }),
    reply: () => undefined,
  }),

  op('revokeRoomGroups', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      removeRoomGrants(ctx, { room: nodeRef(params.room_id), groupIds: body.ids }),
    reply: () => undefined,
  }),

  op('requestPendingAssignments', {
    auth: 'user',
    run: (ctx, { params }) =>
      findAdmissions(ctx, {
        filter: readPendingFilter(params.filter),
        sort: readPendingSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({
      range: presentRange(page),
      items: page.items.map(presentPendingAssignment),
    }),
  }),

  op('changePendingAssignments', {
    auth: 'user',
    run: (ctx, { body }) => decideAdmissions(ctx, body.items.map(readDecision)),
    reply: () => undefined,
  }),
]

/** Whether who enters a group later is let in at once; undefined where nothing is said. */
export function readAcceptance(word: 'autoallow' | 'pending' | undefined): boolean | undefined {
  return word === undefined ? undefined : word === 'autoallow'
}

function readDecision(item: PendingAssignment, at: number): Decision {
  const { roomId, groupId, userId, state } = item
  if (state === 'WAITING') {
    return refuseInput(`body.items[${at}].state`, 'state', 'nobody is set waiting')
  }
  return { roomId, groupId, userId, state: state === 'ACCEPTED' ? 'accepted' : 'denied' }
}
