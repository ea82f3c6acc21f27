import { changeGroup } from '../../core/groups/change-group.ts'
import { createGroup } from '../../core/groups/create-group.ts'
import { findGroup, findGroups } from '../../core/groups/find-groups.ts'
import { addGroupMembers, removeGroupMembers } from '../../core/groups/group-members.ts'
import { groupMembers } from '../../core/groups/list-members.ts'
import { removeGroup } from '../../core/groups/remove-group.ts'
import { lastAdminRooms } from '../../core/permissions/last-admin-rooms.ts'
import { roomsOf } from '../../core/permissions/rooms-of.ts'
import type { Member } from '../../core/roles/role-holders.ts'
import type { User } from '../../core/users/user.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import type { GroupUser } from './generated/shapes.ts'
import { readGroupFilter, readGroupSort } from './groups-query.ts'
import { positiveId } from './ids.ts'
import { op } from './op.ts'
import { presentGroup } from './present-group.ts'
import { presentRange } from './present-node.ts'
import { presentRoles } from './present-roles.ts'
import { presentHeldRoom, presentLastAdminRoom } from './present-room.ts'
import { presentUserInfo } from './present-user-info.ts'
import { boolean, booleanOrAny, parseFilter, parseRange, text } from './query.ts'
import { refuseInput } from './refuse.ts'

/** Groups, for who administers them. */
export const groupsRows: Row[] = [
  op('requestGroups', {
    auth: 'user',
    run: (ctx, { params }) =>
      findGroups(ctx, {
        filter: readGroupFilter(params.filter),
        sort: readGroupSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroup) }),
  }),

  op('createGroup', {
    auth: 'user',
    run: (ctx, { body }) =>
      createGroup(ctx, { name: body.name, expireAt: readExpiration(body.expiration) }),
    reply: presentGroup,
  }),

  op('requestGroup', {
    auth: 'user',
    run: (ctx, { params }) => findGroup(ctx, { id: groupIdOf(params) }),
    reply: presentGroup,
  }),

  op('updateGroup', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeGroup(ctx, {
        id: groupIdOf(params),
        name: body.name,
        expireAt: readExpiration(body.expiration),
      }),
    reply: presentGroup,
  }),

  op('removeGroup', {
    auth: 'user',
    run: (ctx, { params }) => removeGroup(ctx, { id: groupIdOf(params) }),
    reply: () => undefined,
  }),

  op('requestGroupRoles', {
    auth: 'user',
    run: (ctx, { params }) => findGroup(ctx, { id: groupIdOf(params) }),
    reply: ({ group }) => presentRoles(group.roles),
  }),

  op('requestGroupRooms', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { name, isGranted, effectivePerm } = parseFilter(params.filter, roomFields)
      return roomsOf(ctx, {
        holder: { groupId: groupIdOf(params) },
        filter: {
          nameContains: name?.cn,
          isGranted: isGranted?.eq,
          effective: effectivePerm?.eq,
        },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentHeldRoom) }),
  }),

  op('requestLastAdminRoomsGroups', {
    auth: 'user',
    run: (ctx, { params }) => lastAdminRooms(ctx, { groupId: groupIdOf(params) }),
    reply: (rooms) => ({ items: rooms.map(presentLastAdminRoom) }),
  }),

  op('requestGroupMembers', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { user, displayName, isMember } = parseFilter(params.filter, memberFields)
      return groupMembers(ctx, {
        id: groupIdOf(params),
        filter: { nameContains: user?.cn ?? displayName?.cn, isMember: isMember?.eq },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentMember) }),
  }),

  op('addGroupMembers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addGroupMembers(ctx, { id: groupIdOf(params), userIds: body.ids }),
    reply: presentGroup,
  }),

  op('removeGroupMembers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      removeGroupMembers(ctx, { id: groupIdOf(params), userIds: atMost(200, body.ids) }),
    reply: presentGroup,
  }),
]

const roomFields = {
  name: { cn: text },
  isGranted: { eq: booleanOrAny },
  effectivePerm: { eq: boolean },
} as const
const memberFields = {
  user: { cn: text },
  displayName: { cn: text },
  isMember: { eq: booleanOrAny },
} as const

function presentMember({ subject, isMember }: Member<User>): GroupUser {
  const userInfo = presentUserInfo({ ...subject, kind: 'internal' })
  return {
    id: userInfo.id,
    login: subject.userName,
    displayName: userInfo.displayName ?? '',
    email: subject.email ?? '',
    isMember,
    userInfo,
  }
}

const groupIdOf = (params: { readonly group_id: number }) =>
  positiveId(params.group_id, 'path.group_id')

function atMost(count: number, ids: readonly number[]): readonly number[] {
  return ids.length > count ? refuseInput('body.ids', 'too-many', `at most ${count}`) : ids
}
