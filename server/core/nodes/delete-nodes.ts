import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { DELETE } from '../permissions/permission.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { deleteRoom } from './delete-room.ts'
import { checkOneParent, type Entry, findEntries, lockEntries } from './lock-entries.ts'
import { hideMount } from './mounts.ts'
import type { NodeRef } from './node.ts'
import { type BulkMode, inBulk, type Outcome } from './outcome.ts'
import { trashNode } from './trash-node.ts'

export type DeleteNodes = {
  readonly nodes: readonly NodeRef[]
  readonly mode: BulkMode
  /** All must lie in one container, else 'mixed-parents' (mode 'all'). */
  readonly sameParent?: boolean
}

/**
 * Folders and files go to the trash of their room (DELETE); rooms go for good, with everything in
 * them (MANAGE in the room above; a top room by ROLE_ROOMS or MANAGE of itself). A mount in the
 * own root is hidden, the room stays. Links end. Homes are 'forbidden'. What went with another
 * node of the same call counts as deleted.
 */
export async function deleteNodes(ctx: Ctx, input: DeleteNodes): Promise<Outcome[]> {
  const items = input.nodes.map((node) => ({ node }))
  return inBulk(ctx, input.mode, items, (some) =>
    ctx.write(async (tx) => {
      const refs = some.map((item) => item.node)
      const found = await findEntries(ctx, tx, refs)
      if (found.some((node) => node.kind === 'room')) await tx.nodes.lockTree()
      const entries = await lockEntries(ctx, tx, found, 'subtree')
      if (input.sameParent) checkOneParent(entries)
      for (const entry of entries) permitDeletion(entry)
      const gone = new Set<number>()
      for (const entry of entries) await deleteEntry(ctx, tx, entry, gone)
      return entries.map(({ node }, at) => ({ ref: refs[at]!, node }))
    }),
  )
}

function permitDeletion({ node, permissions }: Entry): void {
  if (node.kind !== 'room') permit(permissions, DELETE)
}

async function deleteEntry(ctx: Ctx, tx: Tx, entry: Entry, gone: Set<number>): Promise<void> {
  const { node, parent } = entry
  const isFirst = gone.size === 0
  if (gone.has(node.id)) return
  gone.add(node.id)
  // An earlier node of this call may have taken it along.
  if (!isFirst && !(await tx.nodes.find(node.id))) return
  if (node.kind === 'room') return deleteRoom(ctx, tx, entry)
  if (!parent) return fault('not-found', 'node')
  return node.kind === 'mount' ? hideMount(ctx, tx, node) : trashNode(ctx, tx, node, parent)
}
