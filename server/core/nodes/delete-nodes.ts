import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { heldOn } from '../permissions/held-on.ts'
import { DELETE, DELETE_TRASH } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit } from '../permissions/visible.ts'
import { endShares } from '../shares/end-share.ts'
import type { Tx } from '../store.ts'
import { deleteRoom } from './delete-room.ts'
import { describeNodes } from './describe-nodes.ts'
import { checkOneParent, type Entry, findEntries, lockEntries } from './lock-entries.ts'
import { hideMount } from './mounts.ts'
import { isMovable, type Node, type NodeRef } from './node.ts'
import { type BulkMode, inBulk, type Outcome } from './outcome.ts'
import { purgeNode } from './purge-node.ts'
import { shownBy } from './resolve.ts'
import { trashNode } from './trash-node.ts'

export type DeleteNodes = {
  readonly nodes: readonly NodeRef[]
  readonly mode: BulkMode
  /** All must lie in one container, else 'mixed-parents' (mode 'all'). */
  readonly sameParent?: boolean
  /** A room, which knows no trash, is 'wrong-kind' 'node' (data.rule 'room'), unless shared. */
  readonly trashOnly?: boolean
  /** Anything but a room is 'not-found' 'node' 'room'. */
  readonly roomsOnly?: boolean
  /** A container that is not empty is refused: 'exists' 'node', data.rule 'not-empty'. */
  readonly onlyEmpty?: boolean
  /** Files and folders pass by the trash (DELETE and DELETE_TRASH). */
  readonly forGood?: boolean
  /** Outcomes carry the view that the actor had just before. */
  readonly describe?: boolean
}

/**
 * Folders and files go to the trash of their room (DELETE); rooms go for good, with everything in
 * them (MANAGE in the room above; a top room by ROLE_ROOMS or MANAGE of itself). With `trashOnly` a
 * shared folder goes to the trash around it, by the rights there. Sharing of what goes ends. A
 * mount in the own root is hidden, the room stays; of a shared folder the grant of its owner ends
 * too. Links end. Homes are 'forbidden'. What went with another
 * node of the same call counts as deleted.
 */
export async function deleteNodes(ctx: Ctx, input: DeleteNodes): Promise<Outcome[]> {
  const items = input.nodes.map((node) => ({ node }))
  return inBulk(ctx, input.mode, items, (some) =>
    ctx.write(async (tx) => {
      const refs = some.map((item) => item.node)
      const found = await findEntries(ctx, tx, refs)
      if (await changesRooms(tx, found)) await tx.nodes.lockTree()
      const entries = await lockEntries(ctx, tx, found, 'subtree')
      if (input.sameParent) checkOneParent(entries)
      if (input.trashOnly) refuseRooms(entries)
      if (input.roomsOnly) requireRooms(entries)
      for (const entry of entries) await permitDeletion(ctx, tx, entry, input)
      const nodes = entries.map(({ node }) => node)
      if (input.onlyEmpty) await refuseFull(tx, nodes)
      const views = input.describe ? await describeNodes(ctx, tx, nodes) : []
      const gone = new Set<number>()
      for (const entry of entries) await deleteEntry(ctx, tx, entry, gone, input)
      return nodes.map((node, at) => {
        const view = views[at]
        return { ref: refs[at]!, node, ...(view && { view }) }
      })
    }),
  )
}

/** Whether grants come to an end, of which one transaction at a time decides. */
async function changesRooms(tx: Tx, found: readonly Node[]): Promise<boolean> {
  for (const node of found) {
    if (node.kind === 'room' || node.kind === 'mount') return true
    if (node.kind === 'folder' && (await tx.nodes.roomsWithin(node.id)).length > 0) return true
  }
  return false
}

function refuseRooms(entries: readonly Entry[]): void {
  if (entries.every(({ node }) => isMovable(node))) return
  fault('wrong-kind', 'node', undefined, { rule: 'room' })
}

function requireRooms(entries: readonly Entry[]): void {
  if (entries.some(({ node }) => node.kind !== 'room')) fault('not-found', 'node', 'room')
}

async function refuseFull(tx: Tx, nodes: readonly Node[]): Promise<void> {
  const containers = nodes.filter(({ kind }) => kind === 'room' || kind === 'folder')
  const tallies = await tx.tallies.of(containers.map(({ id }) => id))
  for (const { rooms, folders, files } of tallies.values()) {
    if (rooms + folders + files > 0) fault('exists', 'node', undefined, { rule: 'not-empty' })
  }
}

async function permitDeletion(
  ctx: Ctx,
  tx: Tx,
  { node, parent, permissions }: Entry,
  { forGood = false, trashOnly = false }: DeleteNodes,
): Promise<void> {
  const needed = forGood ? DELETE | DELETE_TRASH : DELETE
  if (node.kind !== 'room') return permit(permissions, needed)
  if (!trashOnly || !parent) return
  permit((await heldOn(ctx, tx, await viewerOf(ctx, tx), parent)) ?? 0, needed)
}

async function deleteEntry(
  ctx: Ctx,
  tx: Tx,
  entry: Entry,
  gone: Set<number>,
  { forGood, trashOnly }: DeleteNodes,
): Promise<void> {
  const { node, parent } = entry
  const isFirst = gone.size === 0
  if (gone.has(node.id)) return
  gone.add(node.id)
  // An earlier node of this call may have taken it along.
  if (!isFirst && !(await tx.nodes.find(node.id))) return
  if (node.kind === 'room' && !trashOnly) return deleteRoom(ctx, tx, entry)
  if (!parent) return fault('not-found', 'node')
  if (node.kind === 'mount') return leave(ctx, tx, node)
  const plain = await endShares(ctx, tx, node)
  return forGood ? purgeNode(ctx, tx, plain, parent) : trashNode(ctx, tx, plain, parent)
}

/** Out of the own root; out of a shared folder altogether, as far as an own grant goes. */
async function leave(ctx: Ctx, tx: Tx, mount: Node): Promise<void> {
  await hideMount(ctx, tx, mount)
  const room = await shownBy(tx, mount)
  if (!room || !isMovable(room)) return
  const { userId } = await viewerOf(ctx, tx)
  if (userId === null) return
  const isGranted = (await tx.access.grantsOf(room.id)).some((grant) => grant.userId === userId)
  if (isGranted) await writeGrants(ctx, tx, room, [{ userId, permissions: 0 }])
}
