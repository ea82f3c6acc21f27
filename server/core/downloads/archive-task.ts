import type { Ctx } from '../ctx.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import { type StartedTask, startTask } from '../tasks/start-task.ts'
import { archivedNodes } from './open-archive.ts'
import { type OrderArchive, openOrder, orderArchive } from './order-archive.ts'

/**
 * Orders an archive in the background: the result has its token, size and number of files, once all
 * of it was looked at. Faults as `openArchive` where the nodes themselves may not be read.
 */
export async function startArchiveTask(ctx: Ctx, input: OrderArchive): Promise<StartedTask> {
  const tops = await ctx.read((tx) => archivedNodes(ctx, tx, input))
  const nodes = tops.map(({ node }) => node.id)
  return startTask(ctx, { kind: 'archive', input: { nodes, name: input.name ?? null } })
}

/** The work of an 'archive' task. Bytes are read when the archive is fetched. */
export async function archiveTask(ctx: Ctx, { task }: TaskRun): Promise<TaskEnd> {
  const { nodes, name } = task.input
  const ids = Array.isArray(nodes) ? (nodes as readonly number[]) : []
  const { token, order } = await orderArchive(ctx, {
    nodes: ids.map((id) => ({ id })),
    name: typeof name === 'string' ? name : undefined,
  })
  const { size, files } = await openOrder(ctx, { token })
  return { result: { token, size, files, name: order.name, expireAt: order.expireAt } }
}
