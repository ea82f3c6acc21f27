import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import {
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
} from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { checkFileKey } from './check-keys.ts'
import { pairFor } from './key-holder.ts'
import { type FileKey, type KeyHolder, pairVersionOf } from './key-pair.ts'

/** A file key wrapped for one holder. */
export type HolderKey = { readonly holder: KeyHolder; readonly fileKey: FileKey }

/** What a client brings with encrypted bytes. */
export type UploadKeys = {
  /** The file key for the one who uploads. */
  readonly own?: FileKey
  /** The same for others who may open the file. */
  readonly others?: readonly HolderKey[]
  /** Nobody with an account uploads (a link): keys for others are enough. */
  readonly anonymous?: boolean
}

export type KeyToStore = { readonly pairId: number; readonly fileKey: FileKey }

/** Whoever may open a file: reads, governs or shares it. */
export const opensFiles = READ | MANAGE_DOWNLOAD_LINKS

/** Whoever gets keys along with new bytes, those who look after upload links too. */
export const receives = opensFiles | MANAGE_UPLOAD_LINKS

/**
 * The keys that go with new bytes below `parent`. Encrypted bytes need one for the uploader, plain
 * ones must have none. Faults 'key-missing' 'upload', 'not-encrypted' 'node' 'parent', 'not-found'
 * 'key-pair' 'admin' (the uploader has none of that version), 'not-found' 'user' for others who
 * may not open files there or have no pair, 'invalid' 'file-key'.
 */
export async function uploadKeys(
  ctx: Ctx,
  tx: Tx,
  parent: Node,
  keys: UploadKeys = {},
): Promise<KeyToStore[]> {
  const { own, others = [], anonymous = false } = keys
  const isGiven = own !== undefined || others.length > 0
  if (parent.encryptedBy === null) {
    return isGiven ? fault('not-encrypted', 'node', 'parent') : []
  }
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const wanted: HolderKey[] = [...others]
  if (own && userId !== null) wanted.unshift({ holder: { kind: 'user', userId }, fileKey: own })
  const isOwn = ({ holder }: HolderKey) => holder.kind === 'user' && holder.userId === userId
  if (anonymous ? wanted.length === 0 : !wanted.some(isOwn)) fault('key-missing', 'upload')
  if (wanted.length > ctx.limits.bulkItems + 1) fault('too-many', 'file-key')
  const found: KeyToStore[] = []
  for (const one of wanted) {
    checkFileKey(one.fileKey)
    found.push(await keyFor(ctx, tx, parent, one, isOwn(one)))
  }
  return found
}

async function keyFor(
  ctx: Ctx,
  tx: Tx,
  parent: Node,
  { holder, fileKey }: HolderKey,
  isOwn: boolean,
): Promise<KeyToStore> {
  if (!isOwn && !(await mayOpen(ctx, tx, parent, holder, receives))) fault('not-found', 'user')
  const pair = await pairFor(tx, holder, pairVersionOf(fileKey))
  if (!pair) return isOwn ? fault('not-found', 'key-pair', 'admin') : fault('not-found', 'user')
  return { pairId: pair.id, fileKey }
}

/** Whether a holder is one who is to open what lies in the room of this node, by these rights. */
export async function mayOpen(
  ctx: Ctx,
  tx: Tx,
  { boundaryId, encryptedBy }: Node,
  holder: KeyHolder,
  anyOf: Permissions = opensFiles,
): Promise<boolean> {
  if (encryptedBy === null) return false
  if (holder.kind === 'room') return holder.roomId === encryptedBy
  if (holder.kind === 'tenant') return (await tx.keys.room(encryptedBy))?.usesTenantKey === true
  const held = (await tx.access.of(boundaryId, holder.userId, ctx.now)) ?? 0
  return (held & anyOf) !== 0
}

/** Writes the keys of a version that was just made. */
export async function storeUploadKeys(
  tx: Tx,
  place: { readonly nodeId: number; readonly versionId: number },
  keys: readonly KeyToStore[],
): Promise<void> {
  if (keys.length > 0) await tx.keys.addFileKeys(keys.map((key) => ({ ...place, ...key })))
}
