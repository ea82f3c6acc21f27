import type { Ctx } from '../ctx.ts'
import { fault, type Subject } from '../fault.ts'
import {
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_GROUPS,
  ROLE_ROOMS,
  ROLE_SEES_NONMEMBERS,
  ROLE_USERS,
  type Roles,
} from './permission.ts'

/** Roles that have people to look after. */
export const MANAGER_ROLES = ROLE_CONFIG | ROLE_USERS | ROLE_GROUPS | ROLE_ROOMS | ROLE_AUDIT

/** What may be done in a tenant apart from objects, and the roles any of which is enough for it. */
export const rights = {
  'read config': ROLE_CONFIG,
  'change config': ROLE_CONFIG,
  'read users': MANAGER_ROLES,
  'change users': ROLE_USERS,
  'delete users': ROLE_USERS,
  'read groups': MANAGER_ROLES,
  'change groups': ROLE_GROUPS,
  'delete groups': ROLE_GROUPS,
  'manage top rooms': ROLE_ROOMS,
  'read audit log': ROLE_AUDIT,
  'add non-members': MANAGER_ROLES | ROLE_SEES_NONMEMBERS,
} as const satisfies Record<string, Roles>

export type Right = keyof typeof rights

/** Whether the actor has a right. Background work has all, whoever has no account none. */
export function hasRight({ actor }: Ctx, right: Right): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'user' && (actor.roles & rights[right]) !== 0
}

/** Faults 'forbidden' where the right is missing. */
export function permitRight(ctx: Ctx, right: Right, subject: Subject): void {
  if (ctx.actor.kind === 'anonymous') fault('unauthenticated', 'session')
  if (!hasRight(ctx, right)) fault('forbidden', subject)
}
