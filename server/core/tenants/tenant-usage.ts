import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'

export type TenantUsage = {
  readonly users: number
  /** Live, superseded, deleted, in flight. */
  readonly usedBytes: number
  /** Rooms may be encrypted by clients. */
  readonly isEncryptionEnabled: boolean
}

/** Accounts and bytes of the own tenant. */
export async function tenantUsage(ctx: Ctx): Promise<TenantUsage> {
  actingUser(ctx)
  return ctx.read(async (tx) => ({
    users: await tx.users.count({}),
    usedBytes: await tx.tallies.tenantBytes(),
    isEncryptionEnabled: await tx.keys.isEnabled(),
  }))
}
