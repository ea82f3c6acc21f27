import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { DELETE, DELETE_TRASH } from '../permissions/permission.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { deleteRoom } from './delete-room.ts'
import { describeNodes } from './describe-nodes.ts'
import { checkOneParent, type Entry, findEntries, lockEntries } from './lock-entries.ts'
import { hideMount } from './mounts.ts'
import type { Node, NodeRef } from './node.ts'
import { type BulkMode, inBulk, type Outcome } from './outcome.ts'
import { purgeNode } from './purge-node.ts'
import { trashNode } from './trash-node.ts'

export type DeleteNodes = {
  readonly nodes: readonly NodeRef[]
  readonly mode: BulkMode
  /** All must lie in one container, else 'mixed-parents' (mode 'all'). */
  readonly sameParent?: boolean
  /** A room, which knows no trash, is 'wrong-kind' 'node' (data.rule 'room') and stays. */
  readonly trashOnly?: boolean
  /** A container that is not empty is refused: 'exists' 'node', data.rule 'not-empty'. */
  readonly onlyEmpty?: boolean
  /** Files and folders pass by the trash (DELETE and DELETE_TRASH). */
  readonly forGood?: boolean
  /** Outcomes carry the view that the actor had just before. */
  readonly describe?: boolean
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
      if (input.trashOnly) refuseRooms(entries)
      for (const entry of entries) permitDeletion(entry, input.forGood)
      const nodes = entries.map(({ node }) => node)
      if (input.onlyEmpty) await refuseFull(tx, nodes)
      const views = input.describe ? await describeNodes(ctx, tx, nodes) : []
      const gone = new Set<number>()
      const away = input.forGood ? purgeNode : trashNode
      for (const entry of entries) await deleteEntry(ctx, tx, entry, gone, away)
      return nodes.map((node, at) => {
        const view = views[at]
        return { ref: refs[at]!, node, ...(view && { view }) }
      })
    }),
  )
}

function refuseRooms(entries: readonly Entry[]): void {
  if (entries.every(({ node }) => node.kind !== 'room')) return
  fault('wrong-kind', 'node', undefined, { rule: 'room' })
}

async function refuseFull(tx: Tx, nodes: readonly Node[]): Promise<void> {
  const containers = nodes.filter(({ kind }) => kind === 'room' || kind === 'folder')
  const tallies = await tx.tallies.of(containers.map(({ id }) => id))
  for (const { rooms, folders, files } of tallies.values()) {
    if (rooms + folders + files > 0) fault('exists', 'node', undefined, { rule: 'not-empty' })
  }
}

function permitDeletion({ node, permissions }: Entry, forGood = false): void {
  if (node.kind !== 'room') permit(permissions, forGood ? DELETE | DELETE_TRASH : DELETE)
}

async function deleteEntry(
  ctx: Ctx,
  tx: Tx,
  entry: Entry,
  gone: Set<number>,
  away: typeof trashNode,
): Promise<void> {
  const { node, parent } = entry
  const isFirst = gone.size === 0
  if (gone.has(node.id)) return
  gone.add(node.id)
  // An earlier node of this call may have taken it along.
  if (!isFirst && !(await tx.nodes.find(node.id))) return
  if (node.kind === 'room') return deleteRoom(ctx, tx, entry)
  if (!parent) return fault('not-found', 'node')
  return node.kind === 'mount' ? hideMount(ctx, tx, node) : away(ctx, tx, node, parent)
}
