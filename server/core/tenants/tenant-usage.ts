import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'

/** Accounts and bytes (live, superseded, deleted, in flight) of the own tenant. */
export async function tenantUsage(ctx: Ctx): Promise<{ users: number; usedBytes: number }> {
  actingUser(ctx)
  return ctx.read(async (tx) => ({
    users: await tx.users.count({}),
    usedBytes: await tx.tallies.tenantBytes(),
  }))
}
