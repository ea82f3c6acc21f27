import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { lineTo } from '../nodes/line.ts'
import type { Node } from '../nodes/node.ts'
import { bytesIn, tellAncestors } from '../nodes/tell-ancestors.ts'
import type { Tx } from '../store.ts'
import { managedShare, type SharePlace } from './managed-share.ts'

export type LimitShare = {
  readonly node: SharePlace
  /** Bytes; null takes the limit away. */
  readonly quota: number | null
}

/**
 * Bounds the bytes of a shared folder. Needs MANAGE in it. Faults: those of `managedShare`;
 * 'invalid' 'node' (field 'quota', rule 'used') when it holds more already.
 */
export async function limitShare(ctx: Ctx, { node, quota }: LimitShare): Promise<void> {
  await ctx.write(async (tx) => limitRoom(ctx, tx, await managedShare(ctx, tx, node), quota))
}

/** The same for a locked room whose rights have been checked. */
export async function limitRoom(ctx: Ctx, tx: Tx, node: Node, quota: number | null): Promise<void> {
  if (!node.room) return fault('wrong-kind', 'node', 'room')
  if (node.room.quota === quota) return
  const isWrong = quota !== null && !(Number.isSafeInteger(quota) && quota >= 0)
  if (isWrong) fault('invalid', 'node', undefined, { field: 'quota', rule: 'range' })
  if (quota !== null && (await bytesIn(tx, node)) > quota) {
    fault('invalid', 'node', undefined, { field: 'quota', rule: 'used' })
  }
  const room = { ...node.room, quota }
  await tx.nodes.update(node.id, { room, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) })
  await tellAncestors(ctx, tx, (await lineTo(tx, node)).at(-2) ?? null, {})
  await recordEvents(ctx, tx, [
    {
      type: 'node.changed',
      nodeId: node.id,
      roomId: node.id,
      nodeKind: 'room',
      nodeName: node.name,
      data: { fields: 'quota' },
    },
  ])
}
