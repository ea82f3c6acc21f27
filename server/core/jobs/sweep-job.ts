import { type App, type Ctx, contextFor } from '../ctx.ts'
import type { Lease } from './lease.ts'
import { sweep } from './sweep.ts'

const everyMs = 15 * 60_000
const key = 'sweep'

/** Makes sure that a sweep is queued; it queues its successor itself. */
export async function queueSweep(app: App): Promise<void> {
  const [tenant] = await app.store.tenants.all()
  if (!tenant) return
  const ctx = contextFor(app, tenant, { kind: 'system' }, 'jobs')
  await ctx.write((tx) => tx.jobs.enqueue('sweep', {}, ctx.now, key))
}

/** The 'sweep' job: sweeps everything once and queues the next. */
export async function runSweepJob(ctx: Ctx, lease: Lease): Promise<void> {
  await sweep(ctx, { onStep: () => lease.renew() })
  await ctx.write(async (tx) => {
    await lease.finish(tx)
    await tx.jobs.enqueue('sweep', {}, ctx.clock() + everyMs, key)
  })
}
