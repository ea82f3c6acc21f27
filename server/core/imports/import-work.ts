import type { Ctx } from '../ctx.ts'
import { holderNow } from '../downloads/ticket-holder.ts'
import { GivesWay } from '../jobs/lease.ts'
import type { TaskRun } from '../tasks/run-task.ts'
import type { ImportOrder } from './import-order.ts'
import type { ImportSource } from './import-source.ts'
import { type ImportState, memoOf, percentOf } from './import-state.ts'

/** One run of an import. */
export type ImportWork = {
  readonly ctx: Ctx
  readonly run: TaskRun
  readonly source: ImportSource
  readonly order: ImportOrder
  readonly state: ImportState
  savedAt: number
  /** When others that wait have a right to the worker. */
  readonly turnEnd: number
}

const saveEveryMs = 500
/** Slow sources hold up others no longer than that, and one step. */
export const turnMs = 5 * 60_000

/**
 * Keeps the lease and, twice a second or when `now` asks for it, how far it is. Faults as
 * `TaskRun.report`.
 */
export async function save(work: ImportWork, when: 'now' | 'soon' = 'soon'): Promise<void> {
  const { ctx, run, state } = work
  const now = ctx.clock()
  if (when === 'soon' && now - work.savedAt < saveEveryMs) return
  work.savedAt = now
  const memo = memoOf(state)
  await run.report(percentOf(state), memo)
}

/** Between steps: lets others have the worker once this run has had it for its turn. */
export async function giveWay(work: ImportWork): Promise<void> {
  if (work.ctx.clock() < work.turnEnd) return
  await save(work, 'now')
  throw new GivesWay()
}

/** The context for the next step: the hour, and what its owner may do at this hour. */
export async function stepCtx({ ctx, run }: ImportWork): Promise<Ctx> {
  const now = { ...ctx, now: ctx.clock() }
  const actor = await now.read((tx) => holderNow(now, tx, run.task.holder))
  return { ...now, actor }
}
