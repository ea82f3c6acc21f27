import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView, RoomFacts } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { checkFacts } from '../nodes/valid-facts.ts'
import type { Tx } from '../store.ts'
import { applyGrants } from './apply-grants.ts'
import { checkGrants, type GrantInput, sameSubject } from './grant-facts.ts'
import { grantsAbove, takenOver, takeOverWaiting } from './inherited-grants.ts'
import { managedRoom } from './managed-room.ts'
import { adminGrants, type RoomAdmins } from './room-admins.ts'
import { writeGrants } from './set-room-grants.ts'
import { whoLoses } from './who-sees.ts'

export type ConfigureRoom = {
  readonly room: NodeRef
  readonly classification?: number
  readonly trashDays?: number
  readonly hasActivities?: boolean
  /** Whether permissions of the room above hold here too; must differ from what is. */
  readonly inherit?: boolean
  /** When inheriting ends: what was inherited is given on this room itself. */
  readonly takeOver?: boolean
} & RoomAdmins

/**
 * Changes how a room is governed. Needs MANAGE. Faults: 'invalid' 'node' with data.field 'inherit'
 * and data.rule 'already-on', 'already-off' or 'top'; 'takeOver' (rule 'top'); 'adminIds' (rule
 * 'inherit'); 'not-found' 'user' or 'group'; 'last-admin'; 'forbidden' for a home that would
 * inherit.
 */
export async function configureRoom(ctx: Ctx, input: ConfigureRoom): Promise<NodeView> {
  checkFacts(ctx, input)
  return ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    const facts = room.room ?? fault('wrong-kind', 'node', 'room')
    checkInheritance(room, facts, input)
    const admins = adminGrants(input)
    await checkGrants(ctx, tx, room, admins)
    const grants = await newGrants(ctx, tx, room, admins, input)
    const changed = await writeFacts(ctx, tx, room, facts, input)
    await reign(ctx, tx, changed, grants, input)
    return describeNode(ctx, tx, changed)
  })
}

function checkInheritance(room: Node, now: RoomFacts, input: ConfigureRoom): void {
  const { inherit, takeOver = false } = input
  const namesAdmins = adminGrants(input).length > 0
  const isTop = room.parentId === null
  if (isTop && inherit === true) refuse('inherit', 'top')
  if (isTop && takeOver) refuse('takeOver', 'top')
  if (inherit === true && now.inherit) refuse('inherit', 'already-on')
  if (inherit === false && !now.inherit && !isTop && !namesAdmins) {
    refuse('inherit', 'already-off')
  }
  if (inherit === true && room.homeOf !== null) fault('forbidden', 'node', 'room')
  if (takeOver && (inherit !== false || !now.inherit)) refuse('takeOver', 'inherit')
  if (namesAdmins && (inherit ?? now.inherit)) refuse('adminIds', 'inherit')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'node', undefined, { field, rule })
}

/** Grants for these administrators, and what is taken over for everybody else. */
async function newGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  admins: readonly GrantInput[],
  { takeOver = false }: ConfigureRoom,
): Promise<GrantInput[]> {
  if (!takeOver) return [...admins]
  const above = await grantsAbove(ctx, tx, room)
  const own = (await tx.access.grantsOf(room.id)).filter(
    ({ expireAt }) => expireAt === null || expireAt > ctx.now,
  )
  await takeOverWaiting(tx, room.id, above)
  const inherited = takenOver(above, own)
  const others = inherited.filter((grant) => !admins.some((admin) => sameSubject(admin, grant)))
  return [...others, ...admins]
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
  input: ConfigureRoom,
): Promise<void> {
  const { inherit, classification, trashDays, hasActivities } = input
  const above = await tx.nodes.ancestors(room.id)
  const recipients = await whoLoses(
    ctx,
    tx,
    room.id,
    inherit === false ? ctx.now : null,
    async () => {
      if (inherit !== undefined) for (const { id } of above) await applyGrants(ctx, tx, id)
      if (inherit !== undefined || grants.length > 0) await writeGrants(ctx, tx, room, grants)
    },
  )
  await tellAncestors(ctx, tx, above.at(-1) ?? null, {})
  const changes = Object.entries({ classification, trashDays, hasActivities, inherit })
  const fields = changes.filter(([, value]) => value !== undefined).map(([name]) => name)
  const about = { nodeId: room.id, roomId: room.id, nodeKind: 'room', nodeName: room.name } as const
  await recordEvents(ctx, tx, [
    { type: 'node.changed', ...about, data: { fields: fields.join(' ') }, recipients },
  ])
}
