import { type App, type Ctx, contextFor } from '../ctx.ts'
import { type FaultCode, isFault } from '../fault.ts'
import { sendMailJob } from '../mail/queue-mail.ts'
import { endGrantsJob } from '../permissions/end-grants.ts'
import { failTask, runTaskJob } from '../tasks/run-task.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { sendTextJob } from '../texts/queue-text.ts'
import { failUpload, finishUpload } from '../uploads/finish-upload.ts'
import { removeLeftJob } from '../users/remove-left.ts'
import { mailResetJob } from '../users/request-reset.ts'
import type { JobKind, JobLane } from './job-store.ts'
import { GivesWay, type Lease, LostLease, leaseOf, leaseSeconds } from './lease.ts'
import { runSweepJob } from './sweep-job.ts'

type Work = {
  run(ctx: Ctx, lease: Lease): Promise<void>
  /** After the last attempt, or a fault that no repetition heals. Ends the job. */
  giveUp(ctx: Ctx, lease: Lease, reason: string, error: unknown): Promise<void>
  /** How often it is tried; default: `usualAttempts`. */
  readonly attempts?: number
}

const work: Readonly<Record<JobKind, Work>> = {
  'finish-upload': { run: finishUpload, giveUp: failUpload },
  sweep: { run: runSweepJob, giveUp: drop },
  'mail-reset': { run: mailResetJob, giveUp: drop },
  'end-grants': { run: endGrantsJob, giveUp: drop },
  'remove-left': { run: removeLeftJob, giveUp: drop },
  task: { run: runTaskJob, giveUp: (ctx, lease, _reason, error) => failTask(ctx, lease, error) },
  // Servers that turn strangers away at first, or are down for a night, take it later.
  'send-mail': { run: sendMailJob, giveUp: drop, attempts: 80 },
  // About two hours in all: what it says is wanted soon, or not any more.
  'send-text': { run: sendTextJob, giveUp: drop, attempts: 20 },
  // About an hour in all.
  import: {
    run: runTaskJob,
    giveUp: (ctx, lease, _reason, error) => failTask(ctx, lease, error),
    attempts: 14,
  },
}

function drop(ctx: Ctx, lease: Lease): Promise<void> {
  return ctx.write((tx) => lease.finish(tx))
}

const usualAttempts = 10
const firstPauseMs = 1000
const longestPauseMs = 10 * 60_000

/** Faults of the moment; all others are decisions that stay as they are. */
const passing: ReadonlySet<FaultCode> = new Set<FaultCode>(['unavailable', 'storage-full'])

/**
 * Runs the jobs of a tenant that are due, one after the other, until there is none or `most` have
 * run; answers how many. Any number of processes may do so at once. A job that fails runs again
 * after a pause that doubles up to ten minutes, `attempts` times in all; one that gives way waits
 * for those that are due. `lane` takes only some kinds.
 */
export async function runJobs(
  app: App,
  tenant: Tenant,
  lane?: JobLane,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  for (let count = 0; ; count++) {
    if (count >= most) return count
    const ctx = contextFor(app, tenant, { kind: 'system' }, 'jobs')
    // Looking costs no commit; most looks find nothing.
    if (!(await ctx.read((tx) => tx.jobs.isDue(ctx.now, lane)))) return count
    const job = await ctx.write((tx) => tx.jobs.lease(ctx.now, leaseSeconds, lane))
    if (!job) return count
    await runJob(ctx, leaseOf(ctx, job))
  }
}

async function runJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { job } = lease
  const { run, giveUp, attempts = usualAttempts } = work[job.kind]
  try {
    await run(ctx, lease)
  } catch (error) {
    if (error instanceof GivesWay) return putBehind(ctx, lease)
    if (error instanceof LostLease) return ctx.log.warn({ job: job.id }, error.message)
    const fields = { job: job.id, kind: job.kind, attempt: job.attempts, error: String(error) }
    const isDecided = isFault(error) && !passing.has(error.code)
    if (!isDecided && job.attempts < attempts) {
      ctx.log.warn(fields, 'A job failed and will run again')
      return retry(ctx, lease, error)
    }
    ctx.log.warn(fields, 'A job was given up')
    await end(ctx, lease, () => giveUp(ctx, lease, reasonOf(error), error))
  }
}

async function putBehind(ctx: Ctx, { job }: Lease): Promise<void> {
  await ctx.write((tx) => tx.jobs.putBehind(job.id, job.fence, ctx.clock()))
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
