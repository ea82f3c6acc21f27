import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'

/**
 * Bytes stay encrypted or plain for ever: nothing goes between the two, and within encryption only
 * who has the keys of all files takes them along. Faults 'encrypted' or 'not-encrypted' 'node'
 * 'target' for what the target is, 'key-missing' 'node' 'source'.
 */
export async function checkCipher(ctx: Ctx, tx: Tx, source: Node, target: Node): Promise<void> {
  if (source.kind === 'mount') return
  if (source.encryptedBy === null) {
    return target.encryptedBy === null ? undefined : fault('encrypted', 'node', 'target')
  }
  if (target.encryptedBy === null) fault('not-encrypted', 'node', 'target')
  const { userId } = await viewerOf(ctx, tx)
  if (userId === null) return
  const locked = await tx.keys.countLocked(source.id, userId)
  if (locked > 0) fault('key-missing', 'node', 'source', { files: locked })
}

/**
 * What comes out of the trash stays in the encryption it was deleted from: in that one room, or
 * plain. Faults 'encrypted' 'node' 'target' for a plain node, 'source' for an encrypted one.
 */
export function checkCipherHome(source: Node, target: Node): void {
  if (source.encryptedBy === target.encryptedBy) return
  fault('encrypted', 'node', source.encryptedBy === null ? 'target' : 'source')
}

/** For whatever reads or packs bytes that must be plain. Faults 'encrypted' 'node'. */
export function refuseCipher({ encryptedBy }: Node, role?: FaultRole): void {
  if (encryptedBy !== null) fault('encrypted', 'node', role)
}
