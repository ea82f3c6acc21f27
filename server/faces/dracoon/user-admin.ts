import {
  listUserAttributes,
  removeUserAttribute,
  setUserAttributes,
} from '../../core/attributes/user-attributes.ts'
import { groupsOfUser } from '../../core/groups/list-members.ts'
import { lastAdminRooms } from '../../core/permissions/last-admin-rooms.ts'
import { roomsOf } from '../../core/permissions/rooms-of.ts'
import { changeUser } from '../../core/users/change-user.ts'
import { emergencyCode } from '../../core/users/emergency-code.ts'
import { removeUser } from '../../core/users/remove-user.ts'
import { userRoles } from '../../core/users/user-roles.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import type { UpdateUserRequest } from './generated/shapes.ts'
import { positiveId } from './ids.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentRoles } from './present-roles.ts'
import { presentHeldRoom, presentLastAdminRoom } from './present-room.ts'
import { presentUserData } from './present-user.ts'
import { readAttributeFilter, readAttributeSort } from './profile-attributes.ts'
import { boolean, booleanOrAny, parseFilter, parseRange, text } from './query.ts'
import { refuseInput } from './refuse.ts'
import { presentGroupMember } from './roles.ts'

/** Changing and removing accounts, and what they belong to. */
export const userAdminRows: Row[] = [
  op('updateUser', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeUser(ctx, { id: userIdOf(params), ...readUserChange(body) }),
    reply: (noted) => presentUserData(noted),
  }),

  op('removeUser', {
    auth: 'user',
    run: (ctx, { params }) => removeUser(ctx, { id: userIdOf(params) }),
    reply: () => undefined,
  }),

  op('requestUserRoles', {
    auth: 'user',
    run: (ctx, { params }) => userRoles(ctx, { id: userIdOf(params) }),
    reply: presentRoles,
  }),

  op('requestUserGroups', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { name, isMember } = parseFilter(params.filter, groupFields)
      return groupsOfUser(ctx, {
        id: userIdOf(params),
        filter: { nameContains: name?.cn, isMember: isMember?.eq },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroupMember) }),
  }),

  op('requestUsersRooms', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { name, isGranted, isLastAdmin, effectivePerm } = parseFilter(
        params.filter,
        userRoomFields,
      )
      return roomsOf(ctx, {
        holder: { userId: userIdOf(params) },
        filter: {
          nameContains: name?.cn,
          isGranted: isGranted?.eq,
          isLastAdmin: isLastAdmin?.eq,
          effective: effectivePerm?.eq,
        },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentHeldRoom) }),
  }),

  op('requestLastAdminRoomsUsers', {
    auth: 'user',
    run: (ctx, { params }) => lastAdminRooms(ctx, { userId: userIdOf(params) }),
    reply: (rooms) => ({ items: rooms.map(presentLastAdminRoom) }),
  }),

  op('requestUserAttributes', {
    auth: 'user',
    run: (ctx, { params }) =>
      listUserAttributes(ctx, {
        id: userIdOf(params),
        filter: readAttributeFilter(params.filter),
        sort: readAttributeSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: [...page.items] }),
  }),

  op('updateUserAttributes', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      setUserAttributes(ctx, { id: userIdOf(params), attributes: body.items }),
    reply: (noted) => presentUserData(noted),
  }),

  op('setUserAttributes', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      setUserAttributes(ctx, { id: userIdOf(params), attributes: body.items, replace: true }),
    reply: (noted) => presentUserData(noted),
  }),

  op('removeUserAttribute', {
    auth: 'user',
    run: (ctx, { params }) => removeUserAttribute(ctx, { id: userIdOf(params), key: params.key }),
    reply: () => undefined,
  }),

  op('requestEmergencyMfaCode', {
    auth: 'user',
    run: (ctx, { params }) => emergencyCode(ctx, { id: userIdOf(params) }),
    reply: (code) => ({ code }),
  }),
]

const groupFields = { name: { cn: text }, isMember: { eq: booleanOrAny } } as const
const userRoomFields = {
  name: { cn: text },
  isGranted: { eq: booleanOrAny },
  isLastAdmin: { eq: boolean },
  effectivePerm: { eq: booleanOrAny },
} as const

const userIdOf = (params: { readonly user_id: number }) =>
  positiveId(params.user_id, 'path.user_id')

/** Old members stand in for new ones (dossier 3.6). */
function readUserChange(body: UpdateUserRequest) {
  const method = body.authData?.method ?? body.authMethods?.[0]?.authId ?? 'basic'
  if (method !== 'basic' && method !== 'sql') {
    return refuseInput('body.authData.method', 'auth-method', 'only basic is there')
  }
  const { lockStatus } = body
  if (lockStatus !== undefined && ![0, 1, 2].includes(lockStatus)) {
    return refuseInput('body.lockStatus', 'lock-status', '0, 1 or 2')
  }
  return {
    userName: body.userName ?? body.authData?.login,
    firstName: body.firstName,
    lastName: body.lastName,
    email: body.email,
    phone: body.phone,
    language: body.receiverLanguage,
    isLocked: body.isLocked ?? (lockStatus === undefined ? undefined : lockStatus === 0),
    expireAt: readExpiration(body.expiration),
    requiresSecondFactor: body.mfaConfig?.mfaEnforced,
  }
}
