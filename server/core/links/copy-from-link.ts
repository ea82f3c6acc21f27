import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { lockContainer } from '../nodes/container.ts'
import { checkPlace, lockRows, writeCopy } from '../nodes/copy-nodes.ts'
import type { NodeRef } from '../nodes/node.ts'
import { CREATE } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { finishedTask, type StartedTask } from '../tasks/start-task.ts'
import { type Entered, enterLink } from './enter-link.ts'
import { takeDownload } from './open-link.ts'

export type CopyFromLink = {
  readonly token: string
  readonly password?: string
  /** A container in which the actor may create. */
  readonly target: NodeRef
}

/**
 * Copies what a download link shows below a target of the actor's, with a number where the name is
 * taken; of a room a folder comes, without the rooms in it. Takes one of the link's downloads. The
 * answer is a task that is done: name, files and bytes. Faults: those of `enterLink`,
 * 'limit-reached' 'link', 'not-found' and 'forbidden' 'node' 'target', 'quota-exceeded'.
 */
export async function copyFromLink(ctx: Ctx, input: CopyFromLink): Promise<StartedTask> {
  actingUser(ctx)
  const { token, password } = input
  const copying = (tx: Tx, entered: Entered) => copyIn(ctx, tx, entered, input.target)
  return enterLink(ctx, { token, password, kind: 'download' }, copying, 'write')
}

/** How long what came of it may be asked for. */
const keptMs = 86_400_000

async function copyIn(ctx: Ctx, tx: Tx, entered: Entered, ref: NodeRef): Promise<StartedTask> {
  const { node } = entered
  const target = await lockContainer(ctx, tx, ref, CREATE, 'target')
  const rule = { onClash: 'rename', keepLinks: false } as const
  await checkPlace(ctx, tx, node, target, node.name, rule.onClash)
  await takeDownload(ctx, tx, entered)
  const rows = (await lockRows(ctx, tx, node)).filter((row) => row.boundaryId === node.boundaryId)
  const { name, files, bytes } = await writeCopy(ctx, tx, rows, target, {
    ...rule,
    name: node.name,
  })
  const expireAt = ctx.now + keptMs
  return finishedTask(ctx, tx, { kind: 'link-copy', result: { name, files, bytes }, expireAt })
}
