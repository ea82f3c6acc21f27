import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { copy } from '../nodes/copy-nodes.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import { tellMountChange } from '../nodes/mounts.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { place } from '../nodes/place.ts'
import { ALL } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import type { Tx } from '../store.ts'
import { endShare } from './end-share.ts'
import { assertShared, managedShare } from './managed-share.ts'
import { startShare } from './start-share.ts'

/**
 * Gives a shared folder of the own home to one of its collaborators: he gets a folder with copies
 * where his mount stood, which is shared with all the others, and the old one is the former owner's
 * alone. Faults: those of `managedShare`; 'forbidden' 'node' where it is not the actor's own,
 * 'not-found' 'user' for nobody in it, 'quota-exceeded' where he has no room.
 */
export async function handOver(
  ctx: Ctx,
  input: { readonly node: NodeRef; readonly memberId: number },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const shared = await managedShare(ctx, tx, input.node)
    assertShared(shared)
    if (ownerRoom(await lineTo(tx, shared))?.homeOf !== userId) fault('forbidden', 'node')
    const grants = await tx.access.grantsOf(shared.id)
    if (!grants.some((grant) => grant.userId === input.memberId)) fault('not-found', 'user')
    const home = (await tx.nodes.homesOf([input.memberId])).get(input.memberId)
    if (!home) return fault('not-found', 'user')
    const into = await standAside(ctx, tx, shared, home)
    const source = { node: shared, permissions: ALL }
    const target = { node: into, permissions: ALL }
    const id = await copy(ctx, tx, source, target, { onClash: 'rename' }, { name: shared.name })
    const others = grants.filter((grant) => grant.userId !== input.memberId)
    // The names of the old mounts are free before there are new ones.
    await endShare(ctx, tx, shared)
    const folder = await tx.nodes.find(id)
    if (folder && others.length > 0) {
      await writeGrants(ctx, tx, await startShare(ctx, tx, folder), others)
    }
    await tellMountChange(ctx, tx, into.id)
  })
}

/** The new owner's mount leaves its name to the folder; answers where it stands. */
async function standAside(ctx: Ctx, tx: Tx, shared: Node, home: Node): Promise<Node> {
  const mounts = await tx.nodes.mountsTo(shared.id)
  const mount = mounts.find(({ boundaryId, deletedAt }) => boundaryId === home.id && !deletedAt)
  const parent = mount?.parentId ? await tx.nodes.find(mount.parentId) : undefined
  if (!mount || !parent) return home
  const spot = { parent: { node: parent, permissions: ALL }, name: `${mount.name}_old` }
  await place(ctx, tx, { ...spot, isFile: false, onClash: 'rename' }, (name) =>
    tx.nodes.update(mount.id, { name }),
  )
  return parent
}
