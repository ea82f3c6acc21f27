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
} from '../permissions/permission.ts'
import { type Right, rights } from '../permissions/rights.ts'

/** Every role, a bit each, in the order in which they are listed. */
export const allRoles: readonly Roles[] = [
  ROLE_CONFIG,
  ROLE_USERS,
  ROLE_GROUPS,
  ROLE_ROOMS,
  ROLE_AUDIT,
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_GUEST,
]

/** What a role allows. */
export function rightsOf(role: Roles): Right[] {
  return (Object.keys(rights) as Right[]).filter((right) => (rights[right] & role) !== 0)
}

/** What an account is; it is the one or the other. */
export const kindsOfAccount = ROLE_USER | ROLE_GUEST

/** Whether users and groups can be given this role beside others, and have it taken away. */
export function isGrantable(role: Roles): boolean {
  return allRoles.includes(role) && (role & kindsOfAccount) === 0
}
