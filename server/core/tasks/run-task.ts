import type { Ctx } from '../ctx.ts'
import { holderNow } from '../downloads/ticket-holder.ts'
import { isFault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Tx } from '../store.ts'
import { keptMs } from './start-task.ts'
import type { Task, TaskFacts, TaskFailure } from './task.ts'
import { taskUndo, taskWork } from './task-work.ts'

/** What the work of a task is given. */
export type TaskRun = {
  readonly task: Task
  /**
   * Called between steps: keeps the lease, tells the owner how far it is, and keeps `memo` for the
   * worker that goes on after this one. Throws LostLease where another has taken over.
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
  const task = await ctx.read((tx) => tx.tasks.find(idOf(lease)))
  if (!task || task.state === 'done') return ctx.write((tx) => lease.finish(tx))
  const actor = await ctx.read((tx) => holderNow(ctx, tx, task.holder))
  await ctx.write((tx) => tx.tasks.update(task.id, { state: 'running', updatedAt: ctx.clock() }))
  const acting = { ...ctx, actor }
  const { result, commit } = await taskWork[task.kind](acting, runOf(ctx, lease, task))
  await ctx.write(async (tx) => {
    await lease.finish(tx)
    await commit?.(tx)
    const now = ctx.clock()
    const end = { state: 'done', progress: 100, result, memo: {} } as const
    await tx.tasks.update(task.id, { ...end, updatedAt: now, expireAt: now + keptMs })
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
    const left = task ? await taskUndo[task.kind]?.(ctx, tx, task) : undefined
    const now = ctx.clock()
    const { data, ...failure } = failureOf(error)
    const told = { ...failure, data: { ...data, ...left } }
    const end = { state: 'failed', failure: told, memo: {} } as const
    await tx.tasks.update(idOf(lease), { ...end, updatedAt: now, expireAt: now + keptMs })
  })
}

function failureOf(error: unknown): TaskFailure {
  if (!isFault(error)) return { code: 'unavailable', subject: 'task', data: {} }
  const { code, subject, role, data } = error
  return { code, subject, ...(role === undefined ? {} : { role }), data }
}

function runOf(ctx: Ctx, lease: Lease, task: Task): TaskRun {
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    task,
    async report(percent, memo) {
      await lease.renew()
      const now = ctx.clock()
      if (now - toldAt < tellEveryMs && memo === undefined) return
      toldAt = now
      const progress = Math.max(0, Math.min(100, percent))
      const change = { progress, updatedAt: now, ...(memo === undefined ? {} : { memo }) }
      await ctx.write((tx) => tx.tasks.update(task.id, change))
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
