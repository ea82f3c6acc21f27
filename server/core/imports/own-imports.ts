import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { endFailed } from '../tasks/run-task.ts'
import { taskKey } from '../tasks/start-task.ts'
import type { Task } from '../tasks/task.ts'
import { type ImportView, maxShown, viewOf } from './import-view.ts'

/** The actor's imports, the newest first: those under way, and for a day those that are over. */
export async function ownImports(ctx: Ctx): Promise<readonly ImportView[]> {
  actingUser(ctx)
  const tasks = await ctx.read((tx) => tx.tasks.ofHolder(holderOf(ctx.actor), 'import', maxShown))
  return tasks.filter(({ expireAt }) => expireAt > ctx.now).map(viewOf)
}

/** One of them; 'not-found' 'import' for those of others, too. */
export async function findImport(ctx: Ctx, { id }: { readonly id: number }): Promise<ImportView> {
  return viewOf(await ctx.read((tx) => own(ctx, tx, id)))
}

/**
 * Ends an import; what it has brought stays. One that is over already is left as it is. A worker
 * that is at it stops with its next step. Begun again it goes on where it was.
 */
export async function cancelImport(ctx: Ctx, { id }: { readonly id: number }): Promise<ImportView> {
  return ctx.write(async (tx) => {
    const task = await own(ctx, tx, id)
    await endFailed(ctx, tx, task, { code: 'closed', subject: 'import', data: {} })
    await tx.jobs.drop(taskKey(id))
    return viewOf(await own(ctx, tx, id))
  })
}

async function own(ctx: Ctx, tx: Tx, id: number): Promise<Task> {
  actingUser(ctx)
  const task = Number.isSafeInteger(id) ? await tx.tasks.find(id) : undefined
  const isOwn = task?.kind === 'import' && task.holder === holderOf(ctx.actor)
  return task && isOwn && task.expireAt > ctx.now ? task : fault('not-found', 'import')
}
