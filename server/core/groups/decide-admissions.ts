import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { applyMembership } from '../permissions/apply-grants.ts'
import { checkGroups } from '../permissions/grant-facts.ts'
import { managedRoom } from '../permissions/managed-room.ts'
import type { Tx } from '../store.ts'
import type { Admission } from './admission-store.ts'

export type Decision = {
  readonly roomId: number
  readonly groupId: number
  readonly userId: number
  readonly state: 'accepted' | 'denied'
}

/**
 * Lets members of groups into rooms, or denies it; who was denied can be let in later. Needs MANAGE
 * on each room. All or nothing. Faults: those of `managedRoom`, 'not-found' 'group', 'user', or
 * 'admission' for one who does not wait there, 'too-many' 'admission'.
 */
export async function decideAdmissions(ctx: Ctx, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length > ctx.limits.bulkItems) fault('too-many', 'admission')
  await ctx.write(async (tx) => {
    for (const decision of decisions) {
      const room = await managedRoom(ctx, tx, { id: decision.roomId })
      await decide(ctx, tx, room, decision)
    }
  })
}

async function decide(ctx: Ctx, tx: Tx, room: Node, decision: Decision): Promise<void> {
  const { groupId, userId, state } = decision
  const admission = await waiting(tx, decision)
  if (state === 'denied') {
    await tx.admissions.decide({ ...admission, isDenied: true })
  } else {
    await tx.admissions.remove(room.id, groupId, userId)
    await applyMembership(ctx, tx, groupId, [userId])
  }
  await recordEvents(ctx, tx, [
    {
      type: 'admission.decided',
      nodeId: room.id,
      roomId: room.id,
      nodeKind: 'room',
      nodeName: room.name,
      subjectId: userId,
      data: { group: groupId, state },
    },
  ])
}

async function waiting(tx: Tx, { roomId, groupId, userId }: Decision): Promise<Admission> {
  const admission = await tx.admissions.find(roomId, groupId, userId)
  if (admission) return admission
  await checkGroups(tx, [groupId])
  if (!(await tx.users.find(userId))) fault('not-found', 'user', undefined, { user: userId })
  return fault('not-found', 'admission', undefined, { group: groupId, user: userId })
}
