import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { tellChange } from '../mail/tell-change.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'
import type { UserChange } from './user-store.ts'

/**
 * A new e-mail address for the own account, which opens it to who reads it: taken without further
 * proof where there was none, or within `limits.codeSeconds` of signing in; the old one is told.
 * Faults 'password-required' 'user', and 'exists' 'user' with data.field 'email'.
 */
export async function newAddress(
  ctx: Ctx,
  tx: Tx,
  user: User,
  email: string | undefined,
): Promise<UserChange> {
  if (email === undefined || email === user.email) return {}
  if (user.email !== null && !(await isRecent(ctx, tx))) fault('password-required', 'user')
  if (await isOthers(tx, user.id, email)) fault('exists', 'user', undefined, { field: 'email' })
  await tellChange(ctx, tx, user, 'email')
  return { email }
}

/** Whether the session of this call began a moment ago. */
export async function isRecent(ctx: Ctx, tx: Tx): Promise<boolean> {
  const session = await tx.sessions.find(actingUser(ctx).sessionId)
  return session !== undefined && session.createdAt > ctx.now - ctx.limits.codeSeconds * 1000
}

/**
 * Whether another account has this as its address or its name: people are found by both, and nobody
 * makes himself one by which another is meant.
 */
export async function isOthers(tx: Tx, userId: number, login: string): Promise<boolean> {
  const named = await tx.users.findByLogin(login, 'userName')
  if (named && named.id !== userId) return true
  return (await tx.users.count({ email: login, notIds: [userId] })) > 0
}
