import { type App, type Ctx, contextFor } from '../ctx.ts'
import { type FaultCode, isFault } from '../fault.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { failUpload, finishUpload } from '../uploads/finish-upload.ts'
import type { JobKind } from './job-store.ts'
import { type Lease, LostLease, leaseOf, leaseSeconds } from './lease.ts'
import { runSweepJob } from './sweep-job.ts'

type Work = {
  run(ctx: Ctx, lease: Lease): Promise<void>
  /** After the last attempt, or a fault that no repetition heals. Ends the job. */
  giveUp(ctx: Ctx, lease: Lease, reason: string): Promise<void>
}

const work: Readonly<Record<JobKind, Work>> = {
  'finish-upload': { run: finishUpload, giveUp: failUpload },
  sweep: { run: runSweepJob, giveUp: (ctx, lease) => ctx.write((tx) => lease.finish(tx)) },
}

const maxAttempts = 10
const firstPauseMs = 1000
const longestPauseMs = 10 * 60_000

/** Faults of the moment; all others are decisions that stay as they are. */
const passing: ReadonlySet<FaultCode> = new Set<FaultCode>(['unavailable', 'storage-full'])

/**
 * Runs the jobs of a tenant that are due, one after the other, until there is none; answers how
 * many. Any number of processes may do so at once. A job that fails runs again after a pause that
 * doubles, ten times in all.
 */
export async function runJobs(app: App, tenant: Tenant): Promise<number> {
  for (let count = 0; ; count++) {
    const ctx = contextFor(app, tenant, { kind: 'system' }, 'jobs')
    // Looking costs no commit; most looks find nothing.
    if (!(await ctx.read((tx) => tx.jobs.isDue(ctx.now)))) return count
    const job = await ctx.write((tx) => tx.jobs.lease(ctx.now, leaseSeconds))
    if (!job) return count
    await runJob(ctx, leaseOf(ctx, job))
  }
}

async function runJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { job } = lease
  const { run, giveUp } = work[job.kind]
  try {
    await run(ctx, lease)
  } catch (error) {
    if (error instanceof LostLease) return ctx.log.warn({ job: job.id }, error.message)
    const fields = { job: job.id, kind: job.kind, attempt: job.attempts, error: String(error) }
    const isDecided = isFault(error) && !passing.has(error.code)
    if (!isDecided && job.attempts < maxAttempts) {
      ctx.log.warn(fields, 'A job failed and will run again')
      return retry(ctx, lease, error)
    }
    ctx.log.warn(fields, 'A job was given up')
    await end(ctx, lease, () => giveUp(ctx, lease, reasonOf(error)))
  }
}

function reasonOf(error: unknown): string {
  return isFault(error) ? `${error.code} ${error.subject}` : 'unavailable upload'
}

async function retry(ctx: Ctx, { job }: Lease, error: unknown): Promise<void> {
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (job.attempts - 1))
  const runAt = ctx.clock() + pause
  await ctx.write((tx) => tx.jobs.retry(job.id, job.fence, runAt, String(error).slice(0, 1000)))
}

async function end(ctx: Ctx, { job }: Lease, giveUp: () => Promise<void>): Promise<void> {
  try {
    await giveUp()
  } catch (error) {
    if (!(error instanceof LostLease)) throw error
    ctx.log.warn({ job: job.id }, error.message)
  }
}
