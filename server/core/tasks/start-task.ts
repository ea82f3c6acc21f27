import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Task, TaskFacts, TaskKind } from './task.ts'

export type StartTask = { readonly kind: TaskKind; readonly input: TaskFacts }

export type StartedTask = { readonly task: Task; readonly token: string }

/** A task that no worker has finished in this time is forgotten. */
export const longestWorkMs = 7 * 86_400_000
/** How long its owner may look at what came of it. */
export const keptMs = 86_400_000

/**
 * Starts a task of the actor's. Faults 'too-many' 'task' (data.limit) when as many of his wait or
 * run as `limits.openTasks` allows.
 */
export async function startTask(ctx: Ctx, input: StartTask): Promise<StartedTask> {
  return ctx.write((tx) => queueTask(ctx, tx, input))
}

/** The same in a transaction of the caller. */
export async function queueTask(
  ctx: Ctx,
  tx: Tx,
  { kind, input }: StartTask,
): Promise<StartedTask> {
  const holder = holderOf(ctx.actor)
  await checkOpenTasks(ctx, tx, holder)
  const started = await insertTask(ctx, tx, {
    ...{ kind, holder, input, state: 'waiting', progress: 0, result: null },
    expireAt: ctx.now + longestWorkMs,
  })
  await enqueueTask(ctx, tx, started.task)
  return started
}

/** Imports wait for other servers, where nobody else's work has to wait for them. */
export async function enqueueTask(ctx: Ctx, tx: Tx, { id, kind }: Task): Promise<void> {
  const job = kind === 'import' ? 'import' : 'task'
  await tx.jobs.enqueue(job, { task: id }, ctx.now, taskKey(id))
}

/** A task has one job at a time. */
export function taskKey(id: number): string {
  return `task ${id}`
}

/** Faults 'too-many' 'task' (data.limit) where one more would be too many of a holder's. */
export async function checkOpenTasks(ctx: Ctx, tx: Tx, holder: string): Promise<void> {
  const limit = ctx.limits.openTasks
  if ((await tx.tasks.countOpen(holder)) >= limit) fault('too-many', 'task', undefined, { limit })
}

/** A task that is done already, for whoever gets its token, until `expireAt`. */
export async function finishedTask(
  ctx: Ctx,
  tx: Tx,
  done: { readonly kind: TaskKind; readonly result: TaskFacts; readonly expireAt: number },
): Promise<StartedTask> {
  return insertTask(ctx, tx, { ...done, holder: '', input: {}, state: 'done', progress: 100 })
}

type NewTask = Omit<Task, 'id' | 'memo' | 'failure' | 'createdAt' | 'updatedAt'>

async function insertTask(ctx: Ctx, tx: Tx, facts: NewTask): Promise<StartedTask> {
  const token = ctx.secrets.token(32)
  const id = await tx.tasks.takeId()
  const times = { createdAt: ctx.now, updatedAt: ctx.now }
  const task: Task = { ...facts, id, memo: {}, failure: null, ...times }
  await tx.tasks.insert(task, ctx.secrets.digest(token))
  return { task, token }
}
