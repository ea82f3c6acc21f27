import type { Ctx } from '../ctx.ts'
import type { Lease } from '../jobs/lease.ts'
import { leftOf } from './left.ts'
import { removeUser } from './remove-user.ts'

/**
 * The 'remove-left' job: removes an account that its user left and that did not come back in time.
 * Nothing is left without somebody who governs it: an account that was left counts for nobody's
 * last administrator from the moment that it is closed.
 */
export async function removeLeftJob(ctx: Ctx, lease: Lease): Promise<void> {
  const id = Number(lease.job.payload.user)
  const user = await ctx.read((tx) => tx.users.find(id))
  const left = user && leftOf(user)
  if (left && left.until <= ctx.now) await removeUser(ctx, { id })
  await ctx.write((tx) => lease.finish(tx))
}
