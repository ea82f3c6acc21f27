import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import type { Task } from './task.ts'

/** Longer than any token that was given out. */
const maxToken = 200

/**
 * A task by its token. One that belongs to somebody is shown to him alone: faults
 * 'unauthenticated' for nobody, 'not-found' 'task' for others, as for an unknown or forgotten one.
 */
export async function findTask(ctx: Ctx, { token }: { readonly token: string }): Promise<Task> {
  const known = token !== '' && token.length <= maxToken
  const digest = ctx.secrets.digest(token)
  const task = known ? await ctx.read((tx) => tx.tasks.findByDigest(digest)) : undefined
  if (task?.holder === '' && task.expireAt > ctx.now) return task
  const isOwn = holderOf(ctx.actor) === task?.holder
  return task && isOwn && task.expireAt > ctx.now ? task : fault('not-found', 'task')
}

/**
 * A task that is not over yet, or what came of it; 'failed' 'task' for the rest, with data.code
 * and, where something of it is left, data.left.
 */
export async function taskResult(ctx: Ctx, input: { readonly token: string }): Promise<Task> {
  const task = await findTask(ctx, input)
  if (task.state !== 'failed') return task
  const { code = 'unavailable', subject = 'task', data } = task.failure ?? {}
  const told = { code, subject }
  const left = data?.left
  return fault('failed', 'task', undefined, left === undefined ? told : { ...told, left })
}
