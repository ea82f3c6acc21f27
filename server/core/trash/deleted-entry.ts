import { checkName } from '../../lib/names/name.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import type { Ctx } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { heldOn } from '../permissions/held-on.ts'
import { type Permissions, READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { TrashEntry } from './trash-entry.ts'

/**
 * The entry of the trash that a reference means: `currentId` a version or folder, `id` a node that
 * was deleted itself, `path` the newest that was deleted under this path. Faults 'not-found' 'node'
 * (data.rule 'deleted'), also where the actor does not see the room; 'forbidden' 'node' where he
 * misses `needed` there.
 */
export async function deletedEntry(
  ctx: Ctx,
  tx: Tx,
  ref: NodeRef,
  needed: Permissions,
): Promise<TrashEntry> {
  const entry = await findEntry(ctx, tx, ref)
  if (!entry) return notThere()
  const room = await trashRoom(ctx, tx, entry.node)
  if (!room) return notThere()
  permit(room.permissions, needed)
  return entry
}

/** Whether something that the actor could read was deleted where a reference leads. */
export async function wasDeleted(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<boolean> {
  try {
    await deletedEntry(ctx, tx, ref, READ)
    return true
  } catch (error) {
    if (isFault(error)) return isFault(error, 'closed')
    throw error
  }
}

/** The live room whose trash a node lies in; undefined where the actor does not see it. */
export async function trashRoom(ctx: Ctx, tx: Tx, node: Node): Promise<Seen | undefined> {
  const room = await tx.nodes.find(node.boundaryId)
  if (!room) return undefined
  const permissions = await heldOn(ctx, tx, await viewerOf(ctx, tx), room)
  return permissions === undefined ? undefined : { node: room, permissions }
}

export function notThere(): never {
  return fault('not-found', 'node', undefined, { rule: 'deleted' })
}

async function findEntry(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<TrashEntry | undefined> {
  if ('path' in ref) return atPath(ctx, tx, ref.path, ref.from)
  const id = 'id' in ref ? ref.id : ref.currentId
  if (!Number.isSafeInteger(id) || id <= 0) return undefined
  return 'id' in ref ? tx.trash.findDeleted(id) : tx.trash.findEntry(id)
}

/**
 * Faults 'exists' 'node' (rule 'not-deleted') where something live has the path and nothing was
 * deleted there, 'closed' 'node' where a container above was deleted itself.
 */
async function atPath(
  ctx: Ctx,
  tx: Tx,
  path: readonly string[],
  from: number | undefined,
): Promise<TrashEntry | undefined> {
  const name = path.at(-1)
  if (name === undefined || 'rule' in checkName(name)) return undefined
  const above = path.slice(0, -1)
  const parent = await resolve(ctx, tx, { path: above, from })
  if (!parent) {
    const isGone = above.length > 0 && (await atPath(ctx, tx, above, from)) !== undefined
    return isGone ? fault('closed', 'node', 'parent') : undefined
  }
  await visible(ctx, tx, { id: parent.id }, 'parent')
  const entry = await tx.trash.findNewest(parent.id, nameKey(name))
  if (entry) return entry
  const live = await tx.nodes.findChild(parent.id, nameKey(name))
  return live ? fault('exists', 'node', undefined, { rule: 'not-deleted' }) : undefined
}
