import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import type { KeyHolder } from './key-pair.ts'

/** 'none': the holder has no pair; 'pending': he has, and no key of the file yet. */
export type KeyState = 'none' | 'pending' | 'available'
export type KeyStates = {
  readonly user: KeyState
  readonly room: KeyState
  readonly tenant: KeyState
}

/** How the actor and the rescue pairs stand to an encrypted node; null for a plain one. */
export async function keyStatesOf(ctx: Ctx, tx: Tx, node: Node): Promise<KeyStates | null> {
  const roomId = node.encryptedBy
  if (roomId === null) return null
  const { userId } = await viewerOf(ctx, tx)
  const room = await tx.keys.room(roomId)
  const stateOf = (holder: KeyHolder) => keyStateOf(tx, node, holder)
  return {
    user: userId === null ? 'none' : await stateOf({ kind: 'user', userId }),
    room: await stateOf({ kind: 'room', roomId }),
    tenant: room?.usesTenantKey ? await stateOf({ kind: 'tenant' }) : 'none',
  }
}

/** Of a container it is enough that there is a pair. */
async function keyStateOf(tx: Tx, { id, content }: Node, holder: KeyHolder): Promise<KeyState> {
  const pairs = await tx.keys.pairsOf(holder)
  if (pairs.length === 0) return 'none'
  if (content === null) return 'available'
  const place = { nodeId: id, versionId: content.versionId }
  const keys = await tx.keys.fileKeys(
    place,
    pairs.map((pair) => pair.id),
  )
  return keys.length > 0 ? 'available' : 'pending'
}
