import {
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_GROUPS,
  ROLE_ROOMS,
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_USERS,
  type Roles,
} from '../../core/permissions/permission.ts'
import type { RoleList } from './generated/shapes.ts'

/** The wire's roles (dossier 3.1). Rights have no public ids and are left out. */
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
] as const

export function presentRoles(held: Roles): RoleList {
  const own = roles.filter((role) => (held & role.bit) !== 0)
  return { items: own.map(({ id, name, description }) => ({ id, name, description })) }
}

/** Role names as core's bits. Nobody is a guest here: that name stands for no bit. */
export const roleBits: Readonly<Record<string, Roles>> = {
  ...Object.fromEntries(roles.map(({ name, bit }) => [name, bit])),
  GUEST_USER: 0,
}
