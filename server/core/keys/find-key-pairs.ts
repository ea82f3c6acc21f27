import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type HolderRef, holderFor, requireOwnPair } from './key-holder.ts'
import type { KeyPair, KeyVersion } from './key-pair.ts'

/**
 * The best key pair of a holder, or the best of one version. Faults: those of `holderFor`,
 * 'not-found' 'key-pair' with the role 'room' for a room.
 */
export async function findKeyPair(
  ctx: Ctx,
  { of, version }: { readonly of: HolderRef; readonly version?: KeyVersion },
): Promise<KeyPair> {
  const pairs = await ctx.read(async (tx) => {
    return tx.keys.pairsOf(await holderFor(ctx, tx, of, 'read'))
  })
  const found = pairs.find((pair) => version === undefined || pair.version === version)
  return found ?? missing(of)
}

/**
 * All key pairs of a holder, best first; the tenant's need one of the actor's own. A room without
 * any is 'not-found' 'key-pair' 'room'.
 */
export async function findKeyPairs(
  ctx: Ctx,
  { of }: { readonly of: HolderRef },
): Promise<KeyPair[]> {
  return ctx.read(async (tx) => {
    const holder = await holderFor(ctx, tx, of, 'read')
    if (holder.kind === 'tenant') await requireOwnPair(ctx, tx)
    const pairs = await tx.keys.pairsOf(holder)
    return holder.kind === 'room' && pairs.length === 0 ? missing(of) : pairs
  })
}

/** The tenant's best pair, for anybody with an account. Faults 'not-found' 'key-pair'. */
export async function findTenantKeyPair(ctx: Ctx): Promise<KeyPair> {
  actingUser(ctx)
  const [best] = await ctx.read((tx) => tx.keys.pairsOf({ kind: 'tenant' }))
  return best ?? missing({ kind: 'tenant' })
}

function missing({ kind }: HolderRef): never {
  return fault('not-found', 'key-pair', kind === 'room' ? 'room' : undefined)
}
