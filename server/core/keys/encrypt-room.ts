import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView } from '../nodes/node.ts'
import { managedRoom } from '../permissions/managed-room.ts'
import type { Tx } from '../store.ts'
import { insertPair } from './add-key-pair.ts'
import { checkContainers } from './check-keys.ts'
import type { KeyContainers } from './key-pair.ts'

export type EncryptRoom = {
  readonly room: NodeRef
  readonly isEncrypted: boolean
  /** Files get a key for the tenant's rescue pair, too. */
  readonly usesTenantKey?: boolean
  /** A rescue pair of the room itself instead. */
  readonly rescue?: KeyContainers
}

/**
 * Encrypts a top room with everything that will be in it, or ends that. MANAGE; nothing but empty
 * folders and rooms may be in it. Faults: those of `managedRoom`; 'invalid' 'node' with data.rule
 * 'top' below another room, 'not-enabled' where the tenant has no encryption, 'two-rescue-keys';
 * 'encrypted' or 'not-encrypted' 'node' 'room' when it is that already; 'exists' 'node' with
 * data.rule 'files', 'trash' or 'links' and data.to for what is in the way.
 */
export async function encryptRoom(ctx: Ctx, input: EncryptRoom): Promise<NodeView> {
  const { isEncrypted, usesTenantKey = false, rescue } = input
  if (isEncrypted && rescue) checkContainers(rescue)
  return ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    if (room.parentId !== null) refuse('top')
    if (isEncrypted && !(await tx.keys.isEnabled())) refuse('not-enabled')
    if (isEncrypted && usesTenantKey && rescue) refuse('two-rescue-keys')
    if (isEncrypted && room.encryptedBy !== null) fault('encrypted', 'node', 'room')
    if (!isEncrypted && room.encryptedBy === null) fault('not-encrypted', 'node', 'room')
    await tx.nodes.lockSubtrees([room.id])
    await checkEmpty(tx, room, isEncrypted)
    const roomId = room.id
    if (isEncrypted) await tx.keys.setRoom({ roomId, usesTenantKey })
    else await tx.keys.removeRoom(roomId)
    await tx.keys.markSubtree(roomId, isEncrypted ? roomId : null)
    if (isEncrypted && rescue) await insertPair(ctx, tx, { kind: 'room', roomId }, rescue)
    return describeNode(ctx, tx, await touch(ctx, tx, room, isEncrypted))
  })
}

function refuse(rule: string): never {
  return fault('invalid', 'node', 'room', { field: 'isEncrypted', rule })
}

async function checkEmpty(tx: Tx, { id }: Node, isEncrypted: boolean): Promise<void> {
  const { files, deleted, links } = await tx.keys.countWithin(id)
  const to = isEncrypted ? 'encrypted' : 'plain'
  const inTheWay = files > 0 ? 'files' : deleted > 0 ? 'trash' : links > 0 ? 'links' : null
  if (inTheWay !== null) fault('exists', 'node', 'room', { rule: `${inTheWay}-${to}` })
}

async function touch(ctx: Ctx, tx: Tx, room: Node, isEncrypted: boolean): Promise<Node> {
  const change = { updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
  await tx.nodes.update(room.id, change)
  const about = { nodeId: room.id, roomId: room.id, nodeKind: 'room', nodeName: room.name } as const
  const data = { fields: 'encryption', isEncrypted }
  await recordEvents(ctx, tx, [{ type: 'node.changed', ...about, data }])
  return { ...room, ...change, encryptedBy: isEncrypted ? room.id : null }
}
