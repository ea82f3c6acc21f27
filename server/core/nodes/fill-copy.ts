import { nameKey } from '../../lib/names/name-key.ts'
import type { Ctx } from '../ctx.ts'
import type { KeyCopy } from '../keys/key-store.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { copyOf, keyCopy, versionOf } from './copy-plan.ts'
import { lineTo } from './line.ts'
import { isExpired, type Node } from './node.ts'
import type { ChildPlace, NewNode } from './node-store.ts'
import { purgeNode } from './purge-node.ts'

export type FillCopy = {
  /** Some rows of the source, parents before children. */
  readonly rows: readonly Node[]
  /** Containers of the source and what they are in the copy; the parents of `rows` are known. */
  readonly containers: ReadonlyMap<number, number>
  readonly root: Node
  /** The time at which copies say that they were made, and who made them. */
  readonly stamp: number
  readonly by: number
}

/**
 * Copies some rows into a copy that is made piece by piece: nodes, current versions, keys, tallies
 * and quota ('quota-exceeded'). What has moved, gone or found its name taken meanwhile is left for
 * the next look at both trees. Answers the new containers by those of the source. The caller holds
 * `lockTree`, and tells of the copy when it is whole.
 */
export async function fillCopy(ctx: Ctx, tx: Tx, wish: FillCopy): Promise<Map<number, number>> {
  const { root, stamp: now, by } = wish
  const rows = await freeRows(ctx, tx, wish)
  if (rows.length === 0) return new Map()
  let id = await tx.nodes.takeIds(rows.length)
  const containers = new Map<number, number>()
  const copies: NewNode[] = []
  const keys: KeyCopy[] = []
  for (const row of rows) {
    const parentId = containers.get(row.parentId ?? 0) ?? wish.containers.get(row.parentId ?? 0)
    if (parentId === undefined) continue
    const of = { boundaryId: root.boundaryId, encryptedBy: root.encryptedBy }
    copies.push(copyOf(row, { id, parentId, ...of, now, by }))
    if (row.kind !== 'file') containers.set(row.id, id)
    if (row.content) keys.push(keyCopy(row.id, row.content.versionId, id))
    id += 1
  }
  await write(ctx, tx, copies, now, by)
  if (root.encryptedBy !== null) await tx.keys.copyFileKeys(keys)
  const bytes = copies.reduce((sum, { content }) => sum + (content?.size ?? 0), 0)
  await claim(ctx, tx, { chain: await lineTo(tx, root), roomBytes: bytes, bytes })
  await tell(ctx, tx, copies)
  return containers
}

/** Rows that are where they were, under names that are free in the copy, as they are now. */
async function freeRows(ctx: Ctx, tx: Tx, { rows, containers }: FillCopy): Promise<Node[]> {
  const into = new Set(rows.flatMap(({ parentId }) => containers.get(parentId ?? 0) ?? []))
  const parents = new Set((await tx.nodes.lock([...into], 'change')).map(({ id }) => id))
  const live = await tx.nodes.lock(
    rows.map(({ id }) => id),
    'stay',
  )
  const byId = new Map(live.map((row) => [row.id, row]))
  const there = rows.flatMap((row) => {
    const now = byId.get(row.id)
    const isThere = now && now.parentId === row.parentId && !isExpired(now, ctx.now)
    return isThere && now.name === row.name ? [now] : []
  })
  const placeOf = ({ parentId, name }: Node) => {
    const known = containers.get(parentId ?? 0)
    return known === undefined ? undefined : { parentId: known, nameKey: nameKey(name) }
  }
  const places = there.flatMap((row) => placeOf(row) ?? [])
  const taken = (await tx.nodes.findChildren(places)).map(({ parentId, name }) => {
    return keyOf({ parentId: parentId ?? 0, nameKey: nameKey(name) })
  })
  const names = new Set(taken)
  return there.filter((row) => {
    const place = placeOf(row)
    return !place || (parents.has(place.parentId) && !names.has(keyOf(place)))
  })
}

const keyOf = ({ parentId, nameKey: key }: ChildPlace) => `${parentId}/${key}`

async function write(ctx: Ctx, tx: Tx, copies: readonly NewNode[], now: number, by: number) {
  const versions = copies.flatMap((copy) => versionOf(copy, now, by))
  const blobIds = [...new Set(versions.map(({ content }) => content.blobId))]
  if (blobIds.length > 0) await tx.blobs.keep(blobIds)
  if (copies.length > 0) await tx.nodes.insertMany(copies)
  if (versions.length > 0) await tx.nodes.insertVersions(versions)
  const empty = { rooms: 0, folders: 0, files: 0, size: 0, revision: 1, listing: 1 }
  const containers = copies.filter(({ kind }) => kind !== 'file')
  const tallies = containers.map(({ id }) => ({ id, ...empty, changedAt: ctx.now }))
  if (tallies.length > 0) await tx.tallies.insertMany(tallies)
}

/** Counts what came into each container, there and in all above. */
async function tell(ctx: Ctx, tx: Tx, copies: readonly NewNode[]): Promise<void> {
  const grown = new Map<number, { folders: number; files: number; size: number }>()
  for (const { parentId, kind, content } of copies) {
    const one = grown.get(parentId ?? 0) ?? { folders: 0, files: 0, size: 0 }
    if (kind === 'file') one.files += 1
    else one.folders += 1
    grown.set(parentId ?? 0, { ...one, size: one.size + (content?.size ?? 0) })
  }
  const above = await tx.nodes.ancestorsOf([...grown.keys()])
  for (const [parentId, delta] of grown) {
    const ancestorIds = [...(above.get(parentId) ?? []).map(({ id }) => id), parentId]
    await tx.tallies.apply({ ...delta, ancestorIds, parentId, at: ctx.now })
  }
}

/**
 * Removes rows of such a copy for good, unless something that is not ours came into them. The
 * caller holds `lockTree`.
 */
export async function dropCopies(
  ctx: Ctx,
  tx: Tx,
  rows: readonly Node[],
  isOurs: (row: Node) => boolean,
): Promise<void> {
  for (const { id } of rows) {
    const [row] = await tx.nodes.lockSubtrees([id])
    const parent = row?.parentId ? await tx.nodes.find(row.parentId) : undefined
    if (!row || !parent || !(await tx.nodes.subtree(id)).every(isOurs)) continue
    await purgeNode(ctx, tx, row, parent)
  }
}
