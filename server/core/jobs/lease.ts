import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Job } from './job-store.ts'

/** Thrown where a worker finds that another has its job: it stops and writes nothing. */
export class LostLease extends Error {
  constructor(job: Job) {
    super(`Job ${job.id} (${job.kind}) was taken over after fence ${job.fence}`)
    this.name = 'LostLease'
  }
}

/**
 * Thrown by work that has had its worker for long and has kept what it did: the job goes behind
 * those that wait, as if it had never been tried.
 */
export class GivesWay extends Error {
  constructor() {
    super('The work goes on when others had their turn')
    this.name = 'GivesWay'
  }
}

/** What a worker holds while it runs a job. */
export type Lease = {
  readonly job: Job
  /** Called in long work: keeps the lease alive. Throws LostLease. */
  renew(): Promise<void>
  /** In a transaction that writes a part of the work: keeps the lease. Throws LostLease. */
  hold(tx: Tx): Promise<void>
  /** In the transaction that writes the results: ends the job. Throws LostLease. */
  finish(tx: Tx): Promise<void>
}

/** Long enough for a busy database; a worker that died is replaced after it. */
export const leaseSeconds = 60

export function leaseOf(ctx: Ctx, job: Job): Lease {
  let renewedAt = ctx.clock()
  return {
    job,
    async renew() {
      const now = ctx.clock()
      if (now - renewedAt < (leaseSeconds * 1000) / 4) return
      const until = now + leaseSeconds * 1000
      if (!(await ctx.write((tx) => tx.jobs.extend(job.id, job.fence, until)))) {
        throw new LostLease(job)
      }
      renewedAt = now
    },
    async hold(tx) {
      const until = ctx.clock() + leaseSeconds * 1000
      if (!(await tx.jobs.extend(job.id, job.fence, until))) throw new LostLease(job)
    },
    async finish(tx) {
      if (!(await tx.jobs.finish(job.id, job.fence))) throw new LostLease(job)
    },
  }
}
