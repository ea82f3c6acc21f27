import { roomActivities } from '../../core/events/room-activities.ts'
import { changeNode } from '../../core/nodes/change-node.ts'
import { createRoom } from '../../core/nodes/create-room.ts'
import { configureRoom } from '../../core/permissions/configure-room.ts'
import { removeRoomGrants } from '../../core/permissions/remove-room-grants.ts'
import type { RoomAdmins } from '../../core/permissions/room-admins.ts'
import { type RoomGrant, roomGrants } from '../../core/permissions/room-grants.ts'
import { setRoomGrants } from '../../core/permissions/set-room-grants.ts'
import type { Row } from '../operation.ts'
import { readActivities } from './activities-query.ts'
import type { CreateRoomRequest, RoomUser } from './generated/shapes.ts'
import { nodeRef, parentRef } from './ids.ts'
import { op } from './op.ts'
import { presentLogEvent } from './present-log-event.ts'
import { presentNode, presentPermissions, presentRange, readPermissions } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'
import { parseRange } from './query.ts'
import { readAcceptance } from './room-groups.ts'
import { readRoomUserFilter, readRoomUserSort } from './room-users-query.ts'
import { readTimes } from './times.ts'

/** Rooms: making and governing them, who may do what in them, what happened. */
export const roomsRows: Row[] = [
  op('createRoom', {
    auth: 'user',
    run: (ctx, { body }) =>
      createRoom(ctx, {
        parent: parentRef(body.parentId),
        name: body.name,
        notes: body.notes,
        quota: readQuota(body.quota),
        classification: body.classification,
        trashDays: body.recycleBinRetentionPeriod,
        hasActivities: body.hasActivitiesLog,
        inherit: body.inheritPermissions,
        ...readAdmins(body),
        ...readTimes(body),
      }),
    reply: presentNode,
  }),

  op('updateRoom', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeNode(ctx, {
        node: nodeRef(params.room_id),
        kind: 'room',
        change: {
          name: body.name,
          notes: body.notes,
          quota: readQuota(body.quota),
          ...readTimes(body),
        },
      }),
    reply: presentNode,
  }),

  op('configureRoom', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      configureRoom(ctx, {
        room: nodeRef(params.room_id),
        classification: body.classification,
        trashDays: body.recycleBinRetentionPeriod,
        hasActivities: body.hasActivitiesLog,
        inherit: body.inheritPermissions,
        takeOver: body.takeOverPermissions,
        ...readAdmins(body),
      }),
    reply: presentNode,
  }),

  op('requestRoomUsers', {
    auth: 'user',
    run: (ctx, { params }) =>
      roomGrants(ctx, {
        room: nodeRef(params.room_id),
        filter: readRoomUserFilter(params.filter),
        descending: readRoomUserSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoomUser) }),
  }),

  op('updateRoomUsers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      setRoomGrants(ctx, {
        room: nodeRef(params.room_id),
        grants: body.items.map((item) => ({
          userId: item.id,
          permissions: readPermissions(item.permissions),
        })),
      }),
    reply: () => undefined,
  }),

  op('revokeRoomUsers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      removeRoomGrants(ctx, { room: nodeRef(params.room_id), userIds: body.ids }),
    reply: () => undefined,
  }),

  op('requestRoomActivitiesLogAsJson', {
    auth: 'user',
    run: (ctx, { params }) =>
      roomActivities(ctx, { room: nodeRef(params.room_id), ...readActivities(params) }),
    reply: (page, _input, { tenant }) => ({
      range: presentRange(page),
      items: page.items.map((event) => presentLogEvent(event, tenant.id)),
    }),
  }),
]

// Nulls count as not sent, so that 0 takes a quota away.
const readQuota = (quota: number | undefined) => (quota === 0 ? null : quota)

type Admins = Pick<CreateRoomRequest, 'adminIds' | 'adminGroupIds' | 'newGroupMemberAcceptance'>

const readAdmins = ({ adminIds, adminGroupIds, newGroupMemberAcceptance }: Admins): RoomAdmins => ({
  adminIds,
  adminGroupIds,
  admits: readAcceptance(newGroupMemberAcceptance),
})

function presentRoomUser(grant: RoomGrant): RoomUser {
  const userInfo = presentUserInfo(grant.person)
  return {
    userInfo,
    isGranted: grant.isGranted,
    permissions: grant.isGranted ? presentPermissions(grant.permissions) : undefined,
    id: userInfo.id,
    login: userInfo.userName,
    displayName: userInfo.displayName ?? '',
    email: userInfo.email ?? '',
  }
}
