import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ROLE_USERS } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'
import type { BytesByKind, UserStore } from './user-store.ts'

/** Bytes of a home. */
export type HomeUsage = {
  /** Of the current versions. */
  readonly used: number
  /** What it may hold; null where only the tenant's quota bounds it. */
  readonly quota: number | null
  readonly trash: number
  readonly byKind: BytesByKind
}

export type Account = { readonly user: User; readonly usage: HomeUsage }

/**
 * An account and what its home holds: the own one, or with ROLE_USERS the one that is asked for
 * ('not-found' 'user'). Without that role `userId` is not looked at.
 */
export async function accountOf(
  ctx: Ctx,
  input: { readonly userId?: number } = {},
): Promise<Account> {
  const { userId: ownId, roles } = actingUser(ctx)
  const mayAsk = (roles & ROLE_USERS) !== 0
  const userId = mayAsk ? (input.userId ?? ownId) : ownId
  return ctx.read(async (tx) => {
    const user = Number.isSafeInteger(userId) ? await tx.users.find(userId) : undefined
    if (!user) return fault('not-found', 'user')
    return { user, usage: await homeUsage(ctx, tx, user.homeId) }
  })
}

async function homeUsage(ctx: Ctx, tx: Tx, homeId: number): Promise<HomeUsage> {
  const home = await tx.nodes.find(homeId)
  const tally = (await tx.tallies.of([homeId])).get(homeId)
  if (!home || !tally) return fault('not-found', 'node', 'room')
  return {
    used: tally.size,
    quota: home.room?.quota ?? null,
    trash: await tx.users.trashBytes(homeId),
    byKind: await kindsOf(ctx, tx.users, homeId, tally.revision),
  }
}

type Kept = { readonly revision: number; readonly bytes: BytesByKind }

/** Sums that were made, per installation; a sum holds as long as the home has the same revision. */
const sums = new WeakMap<object, Map<string, Kept>>()
const keptSums = 10_000

async function kindsOf(
  ctx: Ctx,
  users: UserStore,
  homeId: number,
  revision: number,
): Promise<BytesByKind> {
  const known = sums.get(ctx.store) ?? new Map<string, Kept>()
  sums.set(ctx.store, known)
  const key = `${ctx.tenant.id} ${homeId}`
  const kept = known.get(key)
  if (kept?.revision === revision) return kept.bytes
  const bytes = await users.bytesByKind(homeId)
  if (known.size >= keptSums) known.clear()
  known.set(key, { revision, bytes })
  return bytes
}
