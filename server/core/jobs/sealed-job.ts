import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { JobKind } from './job-store.ts'
import type { Lease } from './lease.ts'

/**
 * Writes something to be sent to people as a job in the transaction of the use case: it leaves soon
 * after the commit, and never when there is none. The row keeps it sealed, since it holds secrets.
 */
export async function queueSealed(
  ctx: Ctx,
  tx: Tx,
  kind: Extract<JobKind, 'send-mail' | 'send-text'>,
  content: object,
): Promise<void> {
  const sealed = ctx.secrets.seal(JSON.stringify(content))
  await tx.jobs.enqueue(kind, { sealed }, ctx.now)
}

/**
 * Sends what `queueSealed` wrote and ends the job. A worker that dies between the answer of the
 * other server and the end sends twice, with the same `id`.
 */
export async function sendSealed<T extends object>(
  ctx: Ctx,
  lease: Lease,
  send: (content: T & { readonly id: string }) => Promise<void>,
): Promise<void> {
  const content = JSON.parse(ctx.secrets.unseal(String(lease.job.payload.sealed))) as T
  await send({ ...content, id: `${ctx.tenant.uuid}.${lease.job.id}` })
  await ctx.write((tx) => lease.finish(tx))
}
