import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView, RoomFacts } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { checkFacts } from '../nodes/valid-facts.ts'
import type { Tx } from '../store.ts'
import type { Access } from './access-store.ts'
import { applyGrants } from './apply-grants.ts'
import { checkGrants, type GrantInput } from './grant-facts.ts'
import { managedRoom } from './managed-room.ts'
import { ALL } from './permission.ts'
import { writeGrants } from './set-room-grants.ts'

export type ConfigureRoom = {
  readonly room: NodeRef
  readonly classification?: number
  readonly trashDays?: number
  readonly hasActivities?: boolean
  /** Whether permissions of the room above hold here too; must differ from what is. */
  readonly inherit?: boolean
  /** When inheriting ends: what was inherited is given on this room itself. */
  readonly takeOver?: boolean
  /** Users who get everything; only where nothing is inherited. */
  readonly adminIds?: readonly number[]
}

/**
 * Changes how a room is governed. Needs MANAGE. Faults: 'invalid' 'node' with data.field 'inherit'
 * and data.rule 'already-on', 'already-off' or 'top'; 'takeOver' (rule 'top'); 'adminIds' (rule
 * 'inherit'); 'not-found' 'user'; 'last-admin'; 'forbidden' for a home that would inherit.
 */
export async function configureRoom(ctx: Ctx, input: ConfigureRoom): Promise<NodeView> {
  checkFacts(ctx, input)
  return ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    const facts = room.room ?? fault('wrong-kind', 'node', 'room')
    checkInheritance(room, facts, input)
    const admins = (input.adminIds ?? []).map((userId) => ({ userId, permissions: ALL }))
    await checkGrants(ctx, tx, room, admins)
    const inherited = input.takeOver ? takenOver(ctx, room, await tx.access.rowsOf(room.id)) : []
    const named = new Set(admins.map(({ userId }) => userId))
    const grants = [...inherited.filter(({ userId }) => !named.has(userId)), ...admins]
    const changed = await writeFacts(ctx, tx, room, facts, input)
    await reign(ctx, tx, changed, grants, input)
    return describeNode(ctx, tx, changed)
  })
}

function checkInheritance(room: Node, now: RoomFacts, input: ConfigureRoom): void {
  const { inherit, takeOver = false, adminIds = [] } = input
  const isTop = room.parentId === null
  if (isTop && inherit === true) refuse('inherit', 'top')
  if (isTop && takeOver) refuse('takeOver', 'top')
  if (inherit === true && now.inherit) refuse('inherit', 'already-on')
  if (inherit === false && !now.inherit && !isTop && adminIds.length === 0) {
    refuse('inherit', 'already-off')
  }
  if (inherit === true && room.homeOf !== null) fault('forbidden', 'node', 'room')
  if (takeOver && (inherit !== false || !now.inherit)) refuse('takeOver', 'inherit')
  if (adminIds.length > 0 && (inherit ?? now.inherit)) refuse('adminIds', 'inherit')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'node', undefined, { field, rule })
}

/**
 * What each user holds here by grants on rooms above, beside his own, as a grant of its own: what
 * lasts, or if nothing does, everything until the first of its ends.
 */
function takenOver(ctx: Ctx, room: Node, rows: readonly Access[]): GrantInput[] {
  const inForce = rows.filter(
    ({ permissions, expireAt }) => permissions !== 0 && (expireAt === null || expireAt > ctx.now),
  )
  const users = new Set(
    inForce.filter(({ viaId }) => viaId !== room.id).map(({ userId }) => userId),
  )
  return [...users].map((userId) => {
    const own = inForce.filter((row) => row.userId === userId)
    const lasting = own.filter(({ expireAt }) => expireAt === null)
    const counted = lasting.length > 0 ? lasting : own
    const permissions = counted.reduce((held, row) => held | row.permissions, 0)
    const ends = counted.flatMap(({ expireAt }) => (expireAt === null ? [] : [expireAt]))
    return { userId, permissions, expireAt: ends.length > 0 ? Math.min(...ends) : null }
  })
}

async function writeFacts(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  now: RoomFacts,
  { classification, trashDays, hasActivities, inherit }: ConfigureRoom,
): Promise<Node> {
  const room: RoomFacts = {
    ...now,
    trashDays: trashDays ?? now.trashDays,
    hasActivities: hasActivities ?? now.hasActivities,
    inherit: inherit ?? now.inherit,
  }
  const change = {
    classification: classification ?? node.classification,
    room,
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
  }
  await tx.nodes.update(node.id, change)
  return { ...node, ...change }
}

/** Lets grants and inheritance take effect, and tells of the change. */
async function reign(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  grants: readonly GrantInput[],
  { inherit, takeOver, adminIds, ...rest }: ConfigureRoom,
): Promise<void> {
  const above = await tx.nodes.ancestors(room.id)
  if (inherit !== undefined) for (const { id } of above) await applyGrants(ctx, tx, id)
  if (inherit !== undefined || grants.length > 0) await writeGrants(ctx, tx, room, grants)
  await tellAncestors(ctx, tx, above.at(-1) ?? null, {})
  const { classification, trashDays, hasActivities } = rest
  const changes = Object.entries({ classification, trashDays, hasActivities, inherit })
  const fields = changes.filter(([, value]) => value !== undefined).map(([name]) => name)
  const about = { nodeId: room.id, roomId: room.id, nodeKind: 'room', nodeName: room.name } as const
  await recordEvents(ctx, tx, [
    { type: 'node.changed', ...about, data: { fields: fields.join(' ') } },
  ])
}
