import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { DELETE_TRASH } from '../permissions/permission.ts'
import { finishedTask, keptMs, type StartedTask } from '../tasks/start-task.ts'
import { deletedEntry } from './deleted-entry.ts'
import { purgeNodeEntries } from './purge-entries.ts'
import { type RestoreNodes, restoreAll } from './restore-nodes.ts'

/** `restoreNodes`, all or none, for clients that wait for a task: it is done with the answer. */
export async function restoreAsTask(
  ctx: Ctx,
  input: Omit<RestoreNodes, 'mode'>,
): Promise<StartedTask> {
  if (input.nodes.length > ctx.limits.bulkItems) fault('too-many', 'node')
  return ctx.write(async (tx) => {
    const outcomes = await restoreAll(ctx, tx, input.nodes, input)
    const result = { restored: outcomes.length }
    return finishedTask(ctx, tx, { kind: 'restore', result, expireAt: ctx.now + keptMs })
  })
}

/** Removes some deleted nodes for good, all or none: DELETE_TRASH in their room. Likewise done. */
export async function purgeAsTask(
  ctx: Ctx,
  input: { readonly nodeIds: readonly number[] },
): Promise<StartedTask> {
  const { nodeIds } = input
  if (nodeIds.length > ctx.limits.bulkItems) fault('too-many', 'node')
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    for (const id of new Set(nodeIds)) {
      const entry = await deletedEntry(ctx, tx, { id }, DELETE_TRASH)
      await purgeNodeEntries(ctx, tx, [entry], ctx.now)
    }
    const result = { removed: nodeIds.length }
    return finishedTask(ctx, tx, { kind: 'clear-trash', result, expireAt: ctx.now + keptMs })
  })
}
