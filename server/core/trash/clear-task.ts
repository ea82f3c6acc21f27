import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import { ownRoot } from '../nodes/resolve.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import { type StartedTask, startTask } from '../tasks/start-task.ts'
import type { TaskState } from '../tasks/task.ts'
import { emptyTrash } from './empty-trash.ts'

/** Starts to empty the trash of the actor's home and of the rooms inside, old versions included. */
export function startClearing(ctx: Ctx): Promise<StartedTask> {
  return startTask(ctx, { kind: 'clear-trash', input: {} })
}

/** How far the newest of the actor's is; undefined: there is none. */
export async function clearingState(ctx: Ctx): Promise<TaskState | undefined> {
  const holder = holderOf(ctx.actor)
  return (await ctx.read((tx) => tx.tasks.newestOf(holder, 'clear-trash')))?.state
}

/** The work: room by room, on the rights that the actor has now. Run again it goes on. */
export async function clearTrashTask(ctx: Ctx, run: TaskRun): Promise<TaskEnd> {
  const rooms = await ctx.read(async (tx) => {
    const home = (await ownRoot(ctx, tx)) ?? fault('not-found', 'node')
    const inner = await tx.nodes.roomsWithin(home.id)
    return [home.id, ...inner.map(({ id }) => id)]
  })
  let removed = 0
  for (const [at, id] of rooms.entries()) {
    removed += await emptyTrash(ctx, { room: { id } })
    await run.report((100 * (at + 1)) / rooms.length)
  }
  return { result: { removed } }
}
