import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { FileKey, KeyHolder, KeyPair, KeyVersion } from './key-pair.ts'
import { opensFiles } from './upload-keys.ts'

export type FindFileKey = {
  readonly file: NodeRef
  /** Whose: the actor's own, or that of a rescue pair. */
  readonly of: KeyHolder['kind']
  /** Only of this version. */
  readonly version?: KeyVersion
}

/**
 * The key of a file, wrapped for the actor or for a rescue pair; the one of the best pair that has
 * one. Faults: 'not-found', 'wrong-kind' and 'forbidden' 'node' 'file'; 'not-found' 'key-pair'
 * 'admin' when the actor has none; 'not-found' 'file-key' when there is no key (yet).
 */
export async function findFileKey(ctx: Ctx, { file, of, version }: FindFileKey): Promise<FileKey> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, file, 'file')
    if (node.kind !== 'file' || !node.content) return fault('wrong-kind', 'node', 'file')
    if ((permissions & (of === 'user' ? opensFiles : READ)) === 0)
      fault('forbidden', 'node', 'file')
    const pairs = await pairsOf(tx, of, userId, node.encryptedBy)
    if (of === 'user' && pairs.length === 0) fault('not-found', 'key-pair', 'admin')
    const place = { nodeId: node.id, versionId: node.content.versionId }
    const wanted = pairs.filter((pair) => version === undefined || pair.version === version)
    const keys = await tx.keys.fileKeys(
      place,
      wanted.map(({ id }) => id),
    )
    const best = wanted.find(({ id }) => keys.some((key) => key.pairId === id))
    const found = keys.find((key) => key.pairId === best?.id)
    return found?.fileKey ?? fault('not-found', 'file-key')
  })
}

async function pairsOf(
  tx: Tx,
  of: KeyHolder['kind'],
  userId: number,
  roomId: number | null,
): Promise<KeyPair[]> {
  if (of === 'user') return tx.keys.pairsOf({ kind: 'user', userId })
  if (of === 'tenant') return tx.keys.pairsOf({ kind: 'tenant' })
  return roomId === null ? [] : tx.keys.pairsOf({ kind: 'room', roomId })
}
