import { nameKey } from '../../lib/names/name-key.ts'
import { splitEnding } from '../../lib/names/numbered.ts'
import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { ALL, CHANGE, has, MANAGE } from '../permissions/permission.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { describeNode } from './describe-nodes.ts'
import { type Entry, lockEntry } from './lock-entries.ts'
import { renameMount, renameMounts } from './mounts.ts'
import {
  type Node,
  type NodeKind,
  type NodeRef,
  type NodeView,
  type OnClash,
  toldKind,
} from './node.ts'
import type { NodeChange } from './node-store.ts'
import { managesFromAbove, refuseHome } from './own-places.ts'
import { place } from './place.ts'
import { shownBy } from './resolve.ts'
import { tellAncestors } from './tell-ancestors.ts'
import { checkFacts, type NodeFacts, validName } from './valid-facts.ts'

export type ChangeNode = {
  readonly node: NodeRef
  /** Another kind is 'wrong-kind' 'node'. */
  readonly kind?: Exclude<NodeKind, 'mount'>
  /** What is absent stays; null takes away. */
  readonly change: NodeFacts & {
    readonly name?: string
    /** Instead of `name`: a new name to which a file's present ending is added. */
    readonly stem?: string
  }
  /** Default 'fail'. */
  readonly onClash?: OnClash
}

/**
 * Renames a node and changes its facts. Files and folders: CHANGE. Rooms: MANAGE in the room above
 * for name and quota (a top room: ROLE_ROOMS, for the name MANAGE of itself too), MANAGE of itself
 * for the rest. `expireAt` is for files, `quota`, `trashDays`, `hasActivities` are for rooms. A
 * mount in the own root takes the name, the room it shows the rest. Homes keep their names.
 */
export async function changeNode(ctx: Ctx, input: ChangeNode): Promise<NodeView> {
  return ctx.write(async (tx) => describeNode(ctx, tx, await changeWithin(ctx, tx, input)))
}

/** `changeNode` as a part of a transaction; answers the node as it is then. */
export async function changeWithin(ctx: Ctx, tx: Tx, input: ChangeNode): Promise<Node> {
  const { stem, ...change } = input.change
  const given = change.name === undefined ? undefined : validName(change.name)
  checkFacts(ctx, change)
  const entry = await lockEntry(ctx, tx, input.node)
  const name = stem === undefined ? given : validName(withEnding(entry.node, stem))
  if (entry.node.kind === 'mount') return changeMount(ctx, tx, entry, { ...input, change, name })
  if (input.kind && input.kind !== entry.node.kind) {
    fault('wrong-kind', 'node', input.kind === 'file' ? 'file' : undefined)
  }
  await permitChange(ctx, tx, entry, { ...change, name })
  await write(ctx, tx, entry, input, name)
  return (await tx.nodes.find(entry.node.id)) ?? entry.node
}

/** A whole name from a stem; one that has the ending already is whole. */
function withEnding(node: Node, stem: string): string {
  const ending = node.kind === 'file' ? splitEnding(node.name)[1] : ''
  return stem === '' || nameKey(stem).endsWith(nameKey(ending)) ? stem : stem + ending
}

type Mounted = ChangeNode & { readonly name: string | undefined }

/** The name is the mount's, everything else the room's. */
async function changeMount(ctx: Ctx, tx: Tx, entry: Entry, input: Mounted): Promise<Node> {
  const { name: _, ...rest } = input.change
  const room = await shownBy(tx, entry.node)
  if (!room) return fault('not-found', 'node')
  if (input.kind && input.kind !== 'room') fault('wrong-kind', 'node')
  const shown = await lockEntry(ctx, tx, { id: room.id })
  if (input.name !== undefined && entry.parent) {
    await renameMount(ctx, tx, entry.node, entry.parent, input.name, input.onClash ?? 'fail')
  }
  await permitChange(ctx, tx, shown, rest)
  await write(ctx, tx, shown, { ...input, change: rest }, undefined)
  return (await tx.nodes.find(room.id)) ?? room
}

async function permitChange(
  ctx: Ctx,
  tx: Tx,
  entry: Entry,
  change: ChangeNode['change'],
): Promise<void> {
  const { node, permissions } = entry
  const { name, quota, ...rest } = change
  const isRoom = node.kind === 'room'
  const forRooms =
    quota !== undefined || rest.trashDays !== undefined || rest.hasActivities !== undefined
  if (forRooms && !isRoom) fault('wrong-kind', 'node')
  if (rest.expireAt !== undefined && node.kind !== 'file') fault('wrong-kind', 'node')
  if (!isRoom) return permit(permissions, CHANGE)
  if (node.id === ctx.tenant.homesId) refuseHome(ctx, node)
  if (Object.values(rest).some((value) => value !== undefined)) permit(permissions, MANAGE)
  if (name !== undefined) {
    if (name !== node.name) refuseHome(ctx, node)
    const keepsIt = name === node.name && has(permissions, MANAGE)
    if (!keepsIt && !(await managesFromAbove(ctx, tx, entry, true))) fault('forbidden', 'node')
  }
  if (quota !== undefined && !(await managesFromAbove(ctx, tx, entry, false))) {
    fault('forbidden', 'node')
  }
}

async function write(
  ctx: Ctx,
  tx: Tx,
  entry: Entry,
  input: ChangeNode,
  wantedName: string | undefined,
): Promise<void> {
  const { node, parent, permissions } = entry
  const facts = changesOf(entry, input.change)
  const renames = wantedName !== undefined && wantedName !== node.name
  if (!renames && Object.keys(facts).length === 0) return
  const change = { ...facts, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
  let name = node.name
  if (renames) {
    const held = node.kind === 'room' ? ALL : permissions
    const spot = { parent: { node: parent, permissions: held }, name: wantedName }
    const rule = { isFile: node.kind === 'file', onClash: input.onClash ?? 'fail' }
    const placed = await place(ctx, tx, { ...spot, ...rule }, (free) =>
      tx.nodes.update(node.id, { ...change, name: free }),
    )
    name = placed.name
    if (node.kind === 'room') await renameMounts(ctx, tx, node, name)
  } else {
    await tx.nodes.update(node.id, change)
  }
  await tellAncestors(ctx, tx, parent, {})
  const fields = Object.keys(facts).join(' ')
  await recordEvents(ctx, tx, [
    {
      type: renames ? 'node.renamed' : 'node.changed',
      nodeId: node.id,
      roomId: node.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: name,
      data: renames ? { from: node.name, to: name, fields } : { fields },
    },
  ])
}

/** The columns that become different. */
function changesOf({ node }: Entry, change: NodeChange & NodeFacts): NodeChange {
  const { notes, classification, expireAt, clientCreatedAt, clientModifiedAt } = change
  const plain = { notes, classification, expireAt, clientCreatedAt, clientModifiedAt }
  const { quota, trashDays, hasActivities } = change
  const facts: NodeChange = different(plain, node)
  if (!node.room) return facts
  const room = different({ quota, trashDays, hasActivities }, node.room)
  return Object.keys(room).length > 0 ? { ...facts, room: { ...node.room, ...room } } : facts
}

function different<T extends object>(wanted: Partial<T>, now: T): Partial<T> {
  const entries = Object.entries(wanted) as [keyof T, T[keyof T] | undefined][]
  const changed = entries.filter(([name, value]) => value !== undefined && value !== now[name])
  return Object.fromEntries(changed) as Partial<T>
}
