import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { GroupGrant } from './access-store.ts'
import { applyGrants } from './apply-grants.ts'
import { checkGrants, type GrantInput, grantOf, keepAdmin, sameSubject } from './grant-facts.ts'
import { managedRoom } from './managed-room.ts'
import { has, READ } from './permission.ts'
import { queueEnds } from './queue-ends.ts'
import { whoLoses } from './who-sees.ts'

/**
 * Replaces the grants of the users and groups named on a room; those of others stay. Needs MANAGE.
 * Faults: 'not-found' 'user' or 'group', 'invalid' 'grant' (bits, a past end, MANAGE on somebody's
 * home), 'last-admin' when a room that inherits nothing would keep no administrator without end.
 */
export async function setRoomGrants(
  ctx: Ctx,
  input: { readonly room: NodeRef; readonly grants: readonly GrantInput[] },
): Promise<void> {
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    await checkGrants(ctx, tx, room, input.grants)
    await writeGrants(ctx, tx, room, input.grants)
  })
}

/** Writes checked grants with all that follows from them; faults 'last-admin'. */
export async function writeGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  inputs: readonly GrantInput[],
): Promise<void> {
  await putGrants(ctx, tx, room, inputs)
  await keepAdmin(tx, room)
}

/**
 * The same for what takes nothing from anybody who still holds it. Who has lost what a group held
 * is told who held it at `heldAt`.
 */
export async function putGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  inputs: readonly GrantInput[],
  heldAt = ctx.now,
): Promise<void> {
  const before = await tx.access.grantsOf(room.id)
  const grants = inputs.map((input) =>
    grantOf(
      room.id,
      input,
      before.find((grant) => sameSubject(grant, input)),
    ),
  )
  for (const grant of grants) {
    await tx.access.setGrant(grant)
    if (grant.groupId !== undefined) await endWaiting(tx, grant)
  }
  const isTaken = grants.some(
    (grant) => grant.groupId !== undefined && !has(grant.permissions, READ),
  )
  const asksFor = isTaken ? heldAt : null
  const lost = await whoLoses(ctx, tx, room.id, asksFor, () => applyGrants(ctx, tx, room.id))
  await queueEnds(
    tx,
    room.id,
    grants.map(({ permissions, expireAt }) => (permissions === 0 ? null : expireAt)),
  )
  await recordEvents(
    ctx,
    tx,
    grants.map(({ userId, groupId, permissions, expireAt }) => ({
      type: permissions === 0 ? 'grant.removed' : 'grant.changed',
      nodeId: room.id,
      roomId: room.id,
      nodeKind: 'room',
      nodeName: room.name,
      subjectId: userId,
      data: { permissions, expireAt, ...(groupId === undefined ? {} : { group: groupId }) },
      // Who had it by a group is told of that group's grant; the others are the subject of theirs.
      recipients: groupId === undefined || has(permissions, READ) ? [] : lost,
    })),
  )
}

/** Nobody waits for what is taken away, nor where everybody is let in. */
async function endWaiting(tx: Tx, { roomId, groupId, permissions, admits }: GroupGrant) {
  if (permissions === 0) await tx.admissions.removeAll(roomId, groupId, true)
  else if (admits) await tx.admissions.removeAll(roomId, groupId, false)
}
