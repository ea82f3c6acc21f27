import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { checkContainers, checkFileKey } from './check-keys.ts'
import { requireOwnPair } from './key-holder.ts'
import type { FileKey, KeyContainers } from './key-pair.ts'
import type { PublicKeyOf } from './key-store.ts'
import { receives } from './upload-keys.ts'

/**
 * What a link on an encrypted file has: the file key wrapped for a pair of its own, whose private
 * key is under the link's password. That password never comes here.
 */
export type LinkKeys = { readonly pair: KeyContainers; readonly fileKey: FileKey }

export type GivenLinkKeys = {
  readonly kind: 'download' | 'upload'
  readonly pair?: KeyContainers
  readonly fileKey?: FileKey
  readonly password?: string | null
}

/**
 * The keys that a new link on this node has; null for upload links and plain nodes. Faults:
 * 'not-encrypted' 'link' for keys on plain bytes; on encrypted ones 'encrypted' 'link' with
 * data.rule 'container' or 'password', 'key-missing' 'link' with data.rule 'file-key' or
 * 'key-pair', 'not-found' 'key-pair' 'admin' when the maker has none of his own; 'invalid'
 * 'key-pair' and 'file-key'.
 */
export async function linkKeysFor(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  { kind, pair, fileKey, password }: GivenLinkKeys,
): Promise<LinkKeys | null> {
  if (node.encryptedBy === null) {
    return pair || fileKey ? fault('not-encrypted', 'link') : null
  }
  if (kind === 'upload') {
    await requireOwnPair(ctx, tx)
    return null
  }
  if (node.kind !== 'file') fault('encrypted', 'link', undefined, { rule: 'container' })
  if (typeof password === 'string') fault('encrypted', 'link', undefined, { rule: 'password' })
  if (!fileKey) return fault('key-missing', 'link', undefined, { rule: 'file-key' })
  if (!pair) return fault('key-missing', 'link', undefined, { rule: 'key-pair' })
  checkFileKey(fileKey)
  checkContainers(pair)
  await requireOwnPair(ctx, tx)
  return { pair, fileKey }
}

/**
 * The public keys for which a stranger wraps the key of what he uploads below this node; [] where
 * bytes are plain. Faults 'key-missing' 'link' (rule 'receiver') where nobody has a key.
 */
export async function receiversOf(ctx: Ctx, tx: Tx, node: Node): Promise<PublicKeyOf[]> {
  if (node.encryptedBy === null) return []
  const limit = ctx.limits.bulkItems
  const found = await tx.keys.publicKeysFor(node.boundaryId, receives, ctx.now, limit)
  return found.length > 0 ? found : fault('key-missing', 'link', undefined, { rule: 'receiver' })
}
