import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { managedRoom } from './managed-room.ts'
import { READ } from './permission.ts'
import { permit, visible } from './visible.ts'

export type RoomPolicies = {
  /** How long files of the room are kept after their upload; null: without end. */
  readonly fileSeconds: number | null
}

/** Longer than anybody keeps a file, and an end that every date can say. */
export const maxFileSeconds = 2 ** 31 - 1

/** What holds for the files of a room. Needs READ. */
export async function roomPolicies(
  ctx: Ctx,
  input: { readonly room: NodeRef },
): Promise<RoomPolicies> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (!node.room) return fault('wrong-kind', 'node', 'room')
    permit(permissions, READ, 'room')
    return { fileSeconds: node.room.fileSeconds ?? null }
  })
}

/**
 * Sets how long files are kept, those that are there included: each ends so long after its current
 * version came in, and where nothing is set any more no file of the room has an end. Needs MANAGE.
 * Faults 'invalid' 'node' with data.field 'fileSeconds'.
 */
export async function setRoomPolicies(
  ctx: Ctx,
  input: { readonly room: NodeRef; readonly fileSeconds?: number | null },
): Promise<void> {
  const { fileSeconds } = input
  if (typeof fileSeconds === 'number') {
    const isCount = Number.isSafeInteger(fileSeconds) && fileSeconds > 0
    if (!isCount || fileSeconds > maxFileSeconds) {
      fault('invalid', 'node', undefined, { field: 'fileSeconds', rule: 'positive' })
    }
  }
  await ctx.write(async (tx) => {
    const node = await managedRoom(ctx, tx, input.room)
    if (!node.room || fileSeconds === undefined) return
    const facts = { ...node.room, fileSeconds }
    const change = { room: facts, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
    await tx.nodes.update(node.id, change)
    await tx.nodes.endFiles(node.id, fileSeconds)
    await tellAncestors(ctx, tx, node, {})
    await recordEvents(ctx, tx, [
      {
        type: 'node.changed',
        nodeId: node.id,
        roomId: node.id,
        nodeKind: 'room',
        nodeName: node.name,
        data: { fields: 'fileSeconds' },
      },
    ])
  })
}

/** When bytes end that come into a room now: as asked, but no later than the room's policy. */
export function fileEnd(ctx: Ctx, fileSeconds: number, asked: number | null): number {
  const end = ctx.now + fileSeconds * 1000
  return asked === null ? end : Math.min(asked, end)
}
