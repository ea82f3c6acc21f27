import {
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_GROUPS,
  ROLE_GUEST,
  ROLE_ROOMS,
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_USERS,
  type Roles,
} from '../../core/permissions/permission.ts'
import { type Right, rights } from '../../core/permissions/rights.ts'
import { rightsOf } from '../../core/roles/roles.ts'
import type { Role, RoleList } from './generated/shapes.ts'

/** The wire's roles (dossier 3.1). */
const roles = [
  { id: 1, name: 'CONFIG_MANAGER', bit: ROLE_CONFIG, description: 'Changes settings' },
  { id: 2, name: 'USER_MANAGER', bit: ROLE_USERS, description: 'Makes and changes users' },
  { id: 3, name: 'GROUP_MANAGER', bit: ROLE_GROUPS, description: 'Makes and changes groups' },
  { id: 4, name: 'ROOM_MANAGER', bit: ROLE_ROOMS, description: 'Makes and changes top rooms' },
  { id: 5, name: 'LOG_AUDITOR', bit: ROLE_AUDIT, description: 'Reads the logs' },
  {
    id: 6,
    name: 'NONMEMBER_VIEWER',
    bit: ROLE_SEES_NONMEMBERS,
    description: 'Sees users who share no room with him',
  },
  { id: 7, name: 'USER', bit: ROLE_USER, description: 'Regular user' },
  { id: 8, name: 'GUEST_USER', bit: ROLE_GUEST, description: 'Guest in rooms' },
] as const

export function presentRoles(held: Roles): RoleList {
  const own = roles.filter((role) => (held & role.bit) !== 0)
  return { items: own.map(({ id, name, description }) => ({ id, name, description })) }
}

/** Numbers of rights are our own: the order in which core lists them. */
const rightIds = new Map((Object.keys(rights) as Right[]).map((right, at) => [right, at + 1]))

/** One role with what it allows. */
export function presentRole(bit: Roles): Role {
  const { id, name, description } = roles.find((role) => role.bit === bit) ?? roles[6]
  const items = rightsOf(bit).map((right) => ({
    id: rightIds.get(right) ?? 0,
    name: right,
    description: `May ${right}`,
  }))
  return { id, name, description, items }
}

/** The bit of a role's number; 0, which is no role, for others. */
export function roleOfId(id: number): Roles {
  return roles.find((role) => role.id === id)?.bit ?? 0
}

/** Role names as core's bits. */
export const roleBits: Readonly<Record<string, Roles>> = Object.fromEntries(
  roles.map(({ name, bit }) => [name, bit]),
)
