import type { Ctx } from '../../core/ctx.ts'
import {
  CHANGE,
  CREATE,
  DELETE,
  has,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
  READ_TRASH,
  RESTORE_TRASH,
} from '../../core/permissions/permission.ts'
import type { SharePlace } from '../../core/shares/managed-share.ts'
import type { LoginKind } from '../../core/users/user-store.ts'
import { nodeAt, parseLogin, pathOfText } from './ids.ts'

/** The one thing that the API says about rights: a collaborator reads, or is a writer too. */
export function permissionsOf(writer: boolean): Permissions {
  const read = READ | READ_TRASH
  if (!writer) return read
  const write = CREATE | CHANGE | DELETE | RESTORE_TRASH
  return read | write | MANAGE_DOWNLOAD_LINKS | MANAGE_UPLOAD_LINKS
}

export function isWriter(permissions: Permissions): boolean {
  return has(permissions, CREATE | CHANGE | DELETE)
}

export function memberOf(login: string): { login: string; by?: LoginKind } {
  const { by, login: value } = parseLogin(login)
  return by === undefined ? { login: value } : { login: value, by }
}

/** A path of the caller; with a user id, of that user (for company administrators). */
export function shareAt(ctx: Ctx, path: string, userId?: number): SharePlace {
  const isOwn = userId === undefined || (ctx.actor.kind === 'user' && ctx.actor.userId === userId)
  return isOwn ? nodeAt(ctx, path) : { ofUser: userId, path: pathOfText(ctx, path) }
}
