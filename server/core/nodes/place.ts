import { nameKey } from '../../lib/names/name-key.ts'
import { numbered } from '../../lib/names/numbered.ts'
import type { Ctx } from '../ctx.ts'
import { type FaultData, type FaultRole, fault, isFault } from '../fault.ts'
import { heldOn } from '../permissions/held-on.ts'
import { DELETE, type Permissions } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { isExpired, type Node, type NodeKind, type OnClash } from './node.ts'
import { trashNode } from './trash-node.ts'

/** Where something wants to be and what happens when the name is taken there. */
export type Spot = {
  /** The container, locked; null: among the top rooms. */
  readonly parent: { readonly node: Node | null; readonly permissions: Permissions }
  readonly name: string
  /** Files are numbered before their ending. */
  readonly isFile: boolean
  readonly onClash: OnClash
  /** What is placed; told in the fault for a container in the way. */
  readonly placed?: NodeKind
  /** Links of a file that is overwritten go to this node; absent: they end. */
  readonly linksTo?: number
  /** The role of the clash in the fault; 'target' where it is not said. */
  readonly role?: FaultRole
}

export type Placed = {
  readonly name: string
  /** The file that was in the way and is in the trash now. */
  readonly replaced: Node | null
}

/** Others may take a free number before us; so often we look for the next. */
const maxRaces = 100

/**
 * Gives a node its place: runs `attempt` (one insert or update), which faults 'name-taken' when the
 * unique index says so; no other check of names exists. Then by the clash rule: 'fail' passes the
 * fault on, 'rename' takes the next number, 'overwrite' puts a file in the way into the trash
 * (needs DELETE) and refuses containers ('wrong-kind' 'node' 'target', data.node, data.kind,
 * data.placed). An expired file in the way is never a clash. data.node is only told of a node that
 * the actor sees.
 */
export async function place(
  ctx: Ctx,
  tx: Tx,
  spot: Spot,
  attempt: (name: string) => Promise<void>,
): Promise<Placed> {
  let replaced: Node | null = null
  for (let round = 0; round < maxRaces; round++) {
    const clash = await clashOf(() => attempt(spot.name))
    if (!clash) return { name: spot.name, replaced }
    const other = await blocker(ctx, tx, clash)
    if (other === 'gone') continue
    if (spot.onClash === 'rename') {
      return { name: await takeNumber(tx, spot, attempt), replaced: null }
    }
    if (spot.onClash === 'fail') return refuse(ctx, tx, spot, other)
    await overwrite(ctx, tx, spot, other)
    replaced = other
  }
  return fault('name-taken', 'node', spot.role ?? 'target')
}

/** The data of a 'name-taken' fault; undefined: the name was free. */
async function clashOf(attempt: () => Promise<void>): Promise<FaultData | undefined> {
  try {
    await attempt()
    return undefined
  } catch (error) {
    if (isFault(error, 'name-taken')) return error.data
    throw error
  }
}

/** The node in the way, locked; 'gone' when it is not there any more, or was an expired file. */
async function blocker(ctx: Ctx, tx: Tx, clash: FaultData): Promise<Node | 'gone'> {
  if (typeof clash.node !== 'number') return 'gone'
  const [other] = await tx.nodes.lock([clash.node], 'change')
  if (!other) return 'gone'
  if (!isExpired(other, ctx.now)) return other
  const parent = other.parentId === null ? undefined : await tx.nodes.find(other.parentId)
  if (!parent) return other
  await trashNode({ ...ctx, actor: { kind: 'system' } }, tx, other, parent)
  return 'gone'
}

async function refuse(ctx: Ctx, tx: Tx, spot: Spot, other: Node): Promise<never> {
  const held = await heldOn(ctx, tx, await viewerOf(ctx, tx), other)
  const data: FaultData = held === undefined ? {} : { node: other.id }
  return fault('name-taken', 'node', spot.role ?? 'target', data)
}

async function overwrite(ctx: Ctx, tx: Tx, spot: Spot, other: Node): Promise<void> {
  const parent = spot.parent.node
  if (other.kind !== 'file' || !parent) {
    const { placed = 'file' } = spot
    fault('wrong-kind', 'node', 'target', { node: other.id, kind: other.kind, placed })
  }
  permit(spot.parent.permissions, DELETE, 'target')
  // The keys of a link on encrypted bytes open those alone.
  const keeps = spot.linksTo !== undefined && other.encryptedBy === null
  if (keeps) await tx.links.repoint(other.id, spot.linksTo!)
  await trashNode(ctx, tx, other, parent)
}

/** The next free number, as 'name (3).txt'. */
async function takeNumber(
  tx: Tx,
  spot: Spot,
  attempt: (name: string) => Promise<void>,
): Promise<string> {
  const parentId = spot.parent.node?.id ?? null
  const nameOf = (n: number) => numbered(spot.name, n, spot.isFile)
  const isTaken = async (n: number) =>
    (await tx.nodes.findChild(parentId, nameKey(nameOf(n)))) !== undefined
  let taken = 0
  for (let round = 0; round < maxRaces; round++) {
    taken = (await freeNumber(isTaken, taken)) - 1
    const name = nameOf(taken + 1)
    if (!(await clashOf(() => attempt(name)))) return name
    taken += 1
  }
  return fault('name-taken', 'node', spot.role ?? 'target')
}

/**
 * A number greater than `taken` that is free while the one before it is not. Looks ahead in steps
 * that double, so that a name with a thousand numbers costs twenty look-ups; gaps may be passed
 * over.
 */
export async function freeNumber(
  isTaken: (n: number) => Promise<boolean>,
  taken: number,
): Promise<number> {
  let last = taken
  let step = 1
  while (await isTaken(last + step)) {
    last += step
    step *= 2
  }
  let free = last + step
  while (free - last > 1) {
    const middle = last + Math.floor((free - last) / 2)
    if (await isTaken(middle)) last = middle
    else free = middle
  }
  return free
}
