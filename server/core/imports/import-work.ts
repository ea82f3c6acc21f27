import type { Ctx } from '../ctx.ts'
import { holderNow } from '../downloads/ticket-holder.ts'
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
}

const saveEveryMs = 500

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

/** The context for the next step: the hour, and what its owner may do at this hour. */
export async function stepCtx({ ctx, run }: ImportWork): Promise<Ctx> {
  const now = { ...ctx, now: ctx.clock() }
  const actor = await now.read((tx) => holderNow(now, tx, run.task.holder))
  return { ...now, actor }
}
