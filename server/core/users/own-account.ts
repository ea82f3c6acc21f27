import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ROLE_ROOMS } from '../permissions/permission.ts'
import { type Duty, dutiesOf } from '../sessions/duties.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'

export type OwnAccount = {
  readonly user: User
  /** The user has the role for it, or MANAGE in some room beside homes. */
  readonly managesRooms: boolean
  /** For client-side encryption. */
  readonly hasKeyPair: boolean
  /** What the account owes before it may go on. */
  readonly duties: readonly Duty[]
}

/** The account of who is signed in. */
export async function ownAccount(ctx: Ctx): Promise<OwnAccount> {
  const { userId } = actingUser(ctx)
  return ctx.read((tx) => accountIn(ctx, tx, userId))
}

/** An own account as it is in this transaction; 'unauthenticated' for nobody. */
export async function accountIn(ctx: Ctx, tx: Tx, userId: number): Promise<OwnAccount> {
  const user = await tx.users.find(userId)
  if (!user) return fault('unauthenticated', 'session')
  const hasRole = (user.roles & ROLE_ROOMS) !== 0
  const managesRooms = hasRole || (await tx.users.managesRooms(userId, ctx.now))
  const hasKeyPair = (await tx.keys.pairsOf({ kind: 'user', userId })).length > 0
  return { user, managesRooms, hasKeyPair, duties: dutiesOf(ctx.tenant, user) }
}
