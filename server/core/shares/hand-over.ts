import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import { checkPlace } from '../nodes/copy-nodes.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { bytesIn } from '../nodes/tell-ancestors.ts'
import type { Grant } from '../permissions/access-store.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import { ALL } from '../permissions/permission.ts'
import { checkQuota } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { queueTask, type StartedTask } from '../tasks/start-task.ts'
import { assertShared, managedShare } from './managed-share.ts'

/**
 * Starts to give a shared folder of the own home to one of its collaborators, in the background
 * (`handOverTask`). Faults: those of `managedShare`; 'forbidden' 'node' where it is not the actor's
 * own, 'not-found' 'user' for nobody, 'forbidden' 'user' for who is not in it, 'forbidden' 'task'
 * while the same runs, 'quota-exceeded' where he has no room now, 'too-many' 'task'.
 */
export async function startHandOver(
  ctx: Ctx,
  input: { readonly node: NodeRef; readonly memberId: number },
): Promise<StartedTask> {
  return ctx.write(async (tx) => {
    const shared = await managedShare(ctx, tx, input.node)
    const { home } = await heirOf(ctx, tx, shared, input.memberId)
    const bytes = await bytesIn(tx, shared)
    await checkQuota(ctx, tx, { chain: await lineTo(tx, home), roomBytes: bytes, bytes })
    const { userId: owner } = actingUser(ctx)
    await refuseSecond(ctx, tx, shared)
    const facts = { node: shared.id, member: input.memberId, owner }
    return queueTask(ctx, tx, { kind: 'hand-over', input: facts })
  })
}

/** Two at once do no harm, since one of them fails; but nobody means to. */
async function refuseSecond(ctx: Ctx, tx: Tx, { id }: Node): Promise<void> {
  const last = await tx.tasks.newestOf(holderOf(ctx.actor), 'hand-over')
  const isOpen = last?.state === 'waiting' || last?.state === 'running'
  if (isOpen && last.input.node === id) fault('forbidden', 'task')
}

export type Heir = { readonly home: Node; readonly grants: readonly Grant[] }

/** Whether the actor may give a shared folder to this user now; faults as `startHandOver`. */
export async function heirOf(ctx: Ctx, tx: Tx, shared: Node, memberId: number): Promise<Heir> {
  const { userId } = actingUser(ctx)
  assertShared(shared)
  if (ownerRoom(await lineTo(tx, shared))?.homeOf !== userId) fault('forbidden', 'node')
  const home = (await tx.nodes.homesOf([memberId])).get(memberId)
  if (!home) return fault('not-found', 'user')
  const grants = await grantsInForce(ctx, tx, shared.id)
  if (!grants.some((grant) => grant.userId === memberId)) fault('forbidden', 'user')
  await checkPlace(ctx, tx, shared, { node: home, permissions: ALL }, shared.name, 'rename')
  return { home, grants }
}
