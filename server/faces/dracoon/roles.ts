import type { Group } from '../../core/groups/group.ts'
import {
  giveRoleToGroups,
  giveRoleToUsers,
  takeRoleFromGroups,
  takeRoleFromUsers,
} from '../../core/roles/give-role.ts'
import { listRoles } from '../../core/roles/list-roles.ts'
import { type Member, roleGroups, roleUsers } from '../../core/roles/role-holders.ts'
import type { User } from '../../core/users/user.ts'
import type { Row } from '../operation.ts'
import type { RoleUser } from './generated/shapes.ts'
import { positiveId } from './ids.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentRole, roleOfId } from './present-roles.ts'
import { presentUserInfo } from './present-user-info.ts'
import { booleanOrAny, parseFilter, parseRange, text } from './query.ts'

/** Roles, and who has them. */
export const rolesRows: Row[] = [
  op('requestRoles', {
    auth: 'user',
    run: (ctx) => listRoles(ctx),
    reply: (roles) => ({ items: roles.map(presentRole) }),
  }),

  op('requestRoleUsers', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { isMember, user, displayName } = parseFilter(params.filter, userFields)
      return roleUsers(ctx, {
        role: roleIn(params),
        filter: { isMember: isMember?.eq, nameContains: user?.cn ?? displayName?.cn },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoleUser) }),
  }),

  op('addRoleUsers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      giveRoleToUsers(ctx, { role: roleIn(params), userIds: body.ids }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoleUser) }),
  }),

  op('revokeRoleUsers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      takeRoleFromUsers(ctx, { role: roleIn(params), userIds: body.ids }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoleUser) }),
  }),

  op('requestRoleGroups', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { isMember, name } = parseFilter(params.filter, groupFields)
      return roleGroups(ctx, {
        role: roleIn(params),
        filter: { isMember: isMember?.eq, nameContains: name?.cn },
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroupMember) }),
  }),

  op('addRoleGroups', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      giveRoleToGroups(ctx, { role: roleIn(params), groupIds: body.ids }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroupMember) }),
  }),

  op('revokeRoleGroups', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      takeRoleFromGroups(ctx, { role: roleIn(params), groupIds: body.ids }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroupMember) }),
  }),
]

const userFields = {
  user: { cn: text },
  displayName: { cn: text },
  isMember: { eq: booleanOrAny },
} as const
const groupFields = { name: { cn: text }, isMember: { eq: booleanOrAny } } as const

const roleIn = (params: { readonly role_id: number }) =>
  roleOfId(positiveId(params.role_id, 'path.role_id'))

function presentRoleUser({ subject, isMember }: Member<User>): RoleUser {
  const userInfo = presentUserInfo({ ...subject, kind: 'internal' })
  return { id: userInfo.id, displayName: userInfo.displayName ?? '', isMember, userInfo }
}

/** A group beside whether it belongs to a role, or a user to it. */
export function presentGroupMember({ subject, isMember }: Member<Group>) {
  return { id: subject.id, name: subject.name, isMember }
}
