import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

export type OwnUsage = {
  /** Bytes of the current versions in the home. */
  readonly used: number
  /** Bytes that the home may hold; null where only the tenant's quota bounds it. */
  readonly quota: number | null
  /** Bytes of everything of the tenant, and what it may hold. */
  readonly tenantUsed: number
  readonly tenantQuota: number | null
  /** What lies directly in the home. */
  readonly files: number
  readonly folders: number
}

/** What the home of who is signed in holds and may hold. */
export async function ownUsage(ctx: Ctx): Promise<OwnUsage> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const home = (await tx.nodes.homesOf([userId])).get(userId)
    if (!home) return fault('not-found', 'node', 'room')
    const tally = (await tx.tallies.of([home.id])).get(home.id)
    return {
      used: tally?.size ?? 0,
      quota: home.room?.quota ?? null,
      tenantUsed: await tx.tallies.tenantBytes(),
      tenantQuota: ctx.tenant.quota,
      files: tally?.files ?? 0,
      folders: tally?.folders ?? 0,
    }
  })
}
