import type { Ctx } from '../ctx.ts'
import { holderNow } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Tx } from '../store.ts'
import { keptMs } from './start-task.ts'
import type { Task, TaskFacts, TaskFailure } from './task.ts'
import { failureOf } from './task-failure.ts'
import type { TaskChange } from './task-store.ts'
import { keepsMemo, onTaskFailed, taskUndo, taskWork } from './task-work.ts'

/** What the work of a task is given. */
export type TaskRun = {
  readonly task: Task
  /**
   * Called between steps: keeps the lease, tells the owner how far it is, and keeps `memo` for the
   * worker that goes on after this one. Throws LostLease where another has taken over, 'closed'
   * 'task' where its owner has ended it.
   */
  report(percent: number, memo?: TaskFacts): Promise<void>
  /**
   * One transaction of the work, which only the newest holder of the lease can make. Throws
   * LostLease, and writes nothing, where another has taken over.
   */
  step<T>(percent: number, work: (tx: Tx) => Promise<T>): Promise<T>
}

export type TaskEnd = {
  readonly result: TaskFacts
  /** Written in the transaction that ends the task, on the authority of its worker. */
  commit?(tx: Tx): Promise<void>
}

/** How often its owner is told how far a task is. */
const tellEveryMs = 1000

/**
 * The 'task' job: does the work on the authority that its owner has now. The end, its result and
 * what `commit` writes are one transaction, which only the newest holder of the lease can make.
 */
export async function runTaskJob(ctx: Ctx, lease: Lease): Promise<void> {
  const begun = { state: 'running', updatedAt: ctx.clock() } as const
  const isOpen = await ctx.write((tx) => tx.tasks.updateOpen(idOf(lease), begun))
  const task = isOpen ? await ctx.read((tx) => tx.tasks.find(idOf(lease))) : undefined
  if (!task) return ctx.write((tx) => lease.finish(tx))
  const actor = await ctx.read((tx) => holderNow(ctx, tx, task.holder))
  const acting = { ...ctx, actor }
  const { result, commit } = await taskWork[task.kind](acting, runOf(ctx, lease, task))
  await ctx.write(async (tx) => {
    await lease.finish(tx)
    const now = ctx.clock()
    const end = { state: 'done', progress: 100, result, memo: {} } as const
    const change = { ...end, ...ended(task), updatedAt: now, expireAt: now + keptMs }
    if (await tx.tasks.updateOpen(task.id, change)) await commit?.(tx)
  })
}

/**
 * Ends a task that failed for good, and takes back what it wrote on the way; its owner is told the
 * fault, and in its data what could not be taken back.
 */
export async function failTask(ctx: Ctx, lease: Lease, error: unknown): Promise<void> {
  await ctx.write(async (tx) => {
    await lease.finish(tx)
    const task = await tx.tasks.find(idOf(lease))
    if (task) await endFailed(ctx, tx, task, failureOf(error))
  })
}

/** Ends a task that waits or runs without a result; false: it is over already. */
export async function endFailed(
  ctx: Ctx,
  tx: Tx,
  task: Task,
  failure: TaskFailure,
): Promise<boolean> {
  const now = ctx.clock()
  const memo = keepsMemo.has(task.kind) ? {} : { memo: {} }
  const end = { state: 'failed', failure, ...memo, ...ended(task) } as const
  const change = { ...end, updatedAt: now, expireAt: now + keptMs }
  if (!(await tx.tasks.updateOpen(task.id, change))) return false
  const left = await taskUndo[task.kind]?.(ctx, tx, task)
  if (left) {
    const told = { ...failure, data: { ...failure.data, ...left } }
    await tx.tasks.update(task.id, { failure: told })
  }
  await onTaskFailed[task.kind]?.(ctx, tx, task, failure)
  return true
}

/** Secrets of others are kept only while there is work for them. */
function ended({ input: { sealedToken, ...input } }: Task): TaskChange {
  return sealedToken === undefined ? {} : { input }
}

function runOf(ctx: Ctx, lease: Lease, task: Task): TaskRun {
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    task,
    async report(percent, memo) {
      const now = ctx.clock()
      if (now - toldAt < tellEveryMs && memo === undefined) return
      toldAt = now
      const progress = Math.max(0, Math.min(100, percent))
      const change = { progress, updatedAt: now, ...(memo === undefined ? {} : { memo }) }
      const isOpen = await ctx.write(async (tx) => {
        await lease.hold(tx)
        return tx.tasks.updateOpen(task.id, change)
      })
      if (!isOpen) fault('closed', 'task')
    },
    step: (percent, work) =>
      ctx.write(async (tx) => {
        await lease.hold(tx)
        const done = await work(tx)
        const progress = Math.max(0, Math.min(100, percent))
        await tx.tasks.update(task.id, { progress, updatedAt: ctx.clock() })
        return done
      }),
  }
}

function idOf({ job }: Lease): number {
  return Number(job.payload.task)
}
