import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { DELETE_TRASH } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { purgeNodeEntries } from './purge-entries.ts'
import type { TrashEntry } from './trash-entry.ts'

/** Entries of one transaction; a trash may hold any number. */
const page = 200

/**
 * Removes for good what is in the trash of a room when this begins: DELETE_TRASH there. Done in
 * several transactions, each checked anew and whole in itself; called again it goes on. Answers how
 * many entries went. A folder or file is 'wrong-kind' 'node' 'room'.
 */
export async function emptyTrash(ctx: Ctx, input: { readonly room: NodeRef }): Promise<number> {
  for (let total = 0; ; ) {
    const removed = await ctx.write(async (tx) => {
      const { node, permissions } = await visible(ctx, tx, input.room, 'room')
      if (node.kind !== 'room') fault('wrong-kind', 'node', 'room', { rule: 'no-room' })
      permit(permissions, DELETE_TRASH)
      return purgeUntil(ctx, tx, node.id, ctx.now)
    })
    total += removed
    if (removed < page) return total
  }
}

/** One page of what came into the trash of a room at this time or before; answers how many. */
export async function purgeUntil(ctx: Ctx, tx: Tx, roomId: number, at: number): Promise<number> {
  await tx.nodes.lockTree()
  const entries = await tx.trash.until(roomId, at, page)
  const byNode = new Map<number, TrashEntry[]>()
  for (const entry of entries) {
    const some = byNode.get(entry.node.id)
    if (some) some.push(entry)
    else byNode.set(entry.node.id, [entry])
  }
  const gone = new Set<number>()
  for (const some of byNode.values()) {
    const [{ node }] = some as [TrashEntry]
    // An earlier folder of this page may have taken it along.
    if (gone.size > 0 && node.deletedAt !== null && !(await tx.trash.lockDeleted(node.id))) continue
    await purgeNodeEntries(ctx, tx, some, at)
    gone.add(node.id)
  }
  return entries.length
}
