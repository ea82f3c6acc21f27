import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { managedRoom } from '../permissions/managed-room.ts'
import { READ, ROLE_CONFIG } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { KeyHolder, KeyPair, KeyVersion } from './key-pair.ts'

/** Whose keys a caller means: his own, a room's, the tenant's. */
export type HolderRef =
  | { readonly kind: 'user' }
  | { readonly kind: 'room'; readonly room: NodeRef }
  | { readonly kind: 'tenant' }

/**
 * The holder whose keys the actor wants to see or change. A room is the encrypted top room that
 * the named one lies in: READ to see, MANAGE of that top room to change; the tenant's keys are for
 * ROLE_CONFIG. Faults: 'not-found' and 'forbidden' 'node' 'room', 'not-encrypted' 'node' 'room',
 * 'forbidden' 'tenant'.
 */
export async function holderFor(
  ctx: Ctx,
  tx: Tx,
  of: HolderRef,
  intent: 'read' | 'write',
): Promise<KeyHolder> {
  const { userId, roles } = actingUser(ctx)
  if (of.kind === 'user') return { kind: 'user', userId }
  if (of.kind === 'tenant') {
    if ((roles & ROLE_CONFIG) === 0) fault('forbidden', 'tenant')
    return { kind: 'tenant' }
  }
  const { node, permissions } = await visible(ctx, tx, of.room, 'room')
  if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
  if (intent === 'read') permit(permissions, READ, 'room')
  else await managedRoom(ctx, tx, { id: node.encryptedBy ?? node.id })
  return { kind: 'room', roomId: encryptingRoom(node) }
}

function encryptingRoom({ encryptedBy }: Node): number {
  return encryptedBy ?? fault('not-encrypted', 'node', 'room')
}

/** Faults 'not-found' 'key-pair' 'admin' unless the actor has a key pair of his own. */
export async function requireOwnPair(ctx: Ctx, tx: Tx): Promise<KeyPair[]> {
  const { userId } = actingUser(ctx)
  const pairs = await tx.keys.pairsOf({ kind: 'user', userId })
  return pairs.length > 0 ? pairs : fault('not-found', 'key-pair', 'admin')
}

/** The pair of a holder that a file key of this version is for; the best of these. */
export async function pairFor(
  tx: Tx,
  holder: KeyHolder,
  version: KeyVersion,
): Promise<KeyPair | undefined> {
  const pairs = await tx.keys.pairsOf(holder)
  return pairs.find((pair) => pair.version === version)
}
