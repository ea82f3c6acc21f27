import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { inheritedRows } from '../permissions/access-rows.ts'
import { applyGrants } from '../permissions/apply-grants.ts'
import { type GrantInput, grantOf } from '../permissions/grant-facts.ts'
import { ALL, type Permissions } from '../permissions/permission.ts'
import { adminGrants } from '../permissions/room-admins.ts'
import type { Tx } from '../store.ts'
import { checkDepth } from './check-depth.ts'
import type { Node, OnClash } from './node.ts'
import type { NewNode } from './node-store.ts'
import { place } from './place.ts'
import { tellAncestors } from './tell-ancestors.ts'
import type { NodeFacts } from './valid-facts.ts'

export type RoomInput = Omit<NodeFacts, 'expireAt'> & {
  /** The room above, locked; null: a top room. */
  readonly parent: Node | null
  /** What the actor holds there; ALL where it is not said. */
  readonly held?: Permissions
  readonly name: string
  readonly inherit: boolean
  /** Users with MANAGE by a grant of this room. */
  readonly admins: readonly number[]
  /** Grants beside those; checked. */
  readonly grants?: readonly GrantInput[]
  readonly homeOf?: number | null
  readonly onClash?: OnClash
}

export const defaultTrashDays = 0
export const defaultRoomClassification = 2

/**
 * Writes a room with all that belongs to it: row, tally, grants, access rows, mounts, counters of
 * the rooms above, event. Decides nothing but the depth; the caller has taken `lockTree` and
 * checked rights,
 * name and facts.
 */
export async function insertRoom(ctx: Ctx, tx: Tx, input: RoomInput): Promise<Node> {
  const { parent, inherit, onClash = 'fail', held = ALL } = input
  if (parent) await checkDepth(ctx, tx, parent, 0, 'parent')
  const row = roomRow(ctx, await tx.nodes.takeIds(1), input)
  const spot = { parent: { node: parent, permissions: held }, name: row.name, isFile: false }
  const { name } = await place(ctx, tx, { ...spot, onClash }, (free) =>
    tx.nodes.insert({ ...row, name: free }),
  )
  await tx.tallies.create(row.id, ctx.now)
  if (inherit && parent) {
    await tx.access.insert(inheritedRows(await tx.access.rowsOf(parent.boundaryId), row.id))
  }
  const grants = [...adminGrants({ adminIds: input.admins }), ...(input.grants ?? [])]
  for (const grant of grants) await tx.access.setGrant(grantOf(row.id, grant, undefined))
  if (grants.length > 0) await applyGrants(ctx, tx, row.id)
  await tellAncestors(ctx, tx, parent, { rooms: 1 })
  await recordEvents(ctx, tx, [
    { type: 'room.created', nodeId: row.id, roomId: row.id, nodeKind: 'room', nodeName: name },
  ])
  return { ...row, name, deletedAt: null }
}

function roomRow(ctx: Ctx, id: number, input: RoomInput): NewNode {
  return {
    id,
    parentId: input.parent?.id ?? null,
    kind: 'room',
    name: input.name,
    boundaryId: id,
    currentId: id,
    homeOf: input.homeOf ?? null,
    targetId: null,
    createdAt: ctx.now,
    createdBy: actorId(ctx.actor),
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    clientCreatedAt: input.clientCreatedAt ?? null,
    clientModifiedAt: input.clientModifiedAt ?? null,
    notes: input.notes ?? null,
    classification: input.classification ?? defaultRoomClassification,
    expireAt: null,
    content: null,
    room: {
      inherit: input.inherit,
      quota: input.quota ?? null,
      trashDays: input.trashDays ?? defaultTrashDays,
      hasActivities: input.hasActivities ?? true,
      outerId: input.parent && input.parent.homeOf !== null ? input.parent.boundaryId : null,
    },
    encryptedBy: input.parent?.encryptedBy ?? null,
  }
}
