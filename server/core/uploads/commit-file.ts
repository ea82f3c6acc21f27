import { mediaTypeOf } from '../../lib/names/media-type.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { actorId } from '../actor-id.ts'
import type { BlobRow } from '../blobs/blob-row-store.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault, isFault } from '../fault.ts'
import {
  type KeyToStore,
  storeUploadKeys,
  type UploadKeys,
  uploadKeys,
} from '../keys/upload-keys.ts'
import { type Content, isExpired, type Node, type OnClash } from '../nodes/node.ts'
import type { NewNode } from '../nodes/node-store.ts'
import { place } from '../nodes/place.ts'
import { DELETE, type Permissions } from '../permissions/permission.ts'
import { fileEnd } from '../permissions/room-policies.ts'
import { permit, type Seen } from '../permissions/visible.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'

/** What overwriting a file with new bytes needs besides CREATE. */
export const overwriteNeeds: Permissions = DELETE

/** What a client says about a file besides its bytes. */
export type FileFacts = {
  readonly mediaType?: string | null
  readonly clientCreatedAt?: number | null
  readonly clientModifiedAt?: number | null
  readonly notes?: string | null
  readonly classification?: number | null
  readonly expireAt?: number | null
}

/** A file whose bytes are flushed and whose blob row is written (or kept) in this transaction. */
export type Incoming = {
  /** Valid, in NFC. */
  readonly name: string
  readonly blob: BlobRow
  readonly facts: FileFacts
  readonly onClash: OnClash
  /** false: the links on a file that gets a new version end. */
  readonly keepLinks?: boolean
  /** Of encrypted bytes. */
  readonly keys?: UploadKeys
  /** The version that must be current; null does not care. */
  readonly expectVersion?: number | null
  /** The file that gets the bytes as its new version, whatever has the name. */
  readonly replaceId?: number
  /** Bytes that are booked in the tenant for it already, and by which upload. */
  readonly reserved?: number
  readonly uploadId?: number
  /** When the version was made whose content this is again. */
  readonly restoredAt?: number
}

export type Committed = Seen & {
  /** From the top room down to the parent. */
  readonly chain: readonly Node[]
  readonly isNew: boolean
}

type Keyed = Incoming & { readonly toStore: readonly KeyToStore[] }

/** Others may take and leave the name meanwhile; so often we look again. */
const maxRaces = 20

/**
 * The one place where bytes become a file or a new version of one: name, version, quota, counters
 * and event, inside the caller's transaction. `parent` is locked and CREATE on it is checked.
 * Faults 'name-taken', 'wrong-kind', 'forbidden', 'version-mismatch' 'version', 'quota-exceeded',
 * and those of `uploadKeys`.
 */
export async function commitFile(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  incoming: Incoming,
): Promise<Committed> {
  const toStore = await uploadKeys(ctx, tx, parent.node, incoming.keys)
  const file = { ...incoming, toStore }
  const chain = await chainTo(tx, parent.node)
  const looksFirst = file.onClash === 'overwrite' || file.replaceId !== undefined
  if (!looksFirst && (file.expectVersion ?? null) === null)
    return newFile(ctx, tx, parent, chain, file)
  for (let round = 0; round < maxRaces; round++) {
    const existing = await fileInPlace(ctx, tx, parent.node, file)
    if (existing) return newVersion(ctx, tx, parent, chain, file, existing)
    if ((file.expectVersion ?? null) !== null) fault('version-mismatch', 'version')
    try {
      return await newFile(ctx, tx, parent, chain, { ...file, onClash: 'fail' })
    } catch (error) {
      if (!isFault(error, 'name-taken')) throw error
    }
  }
  return fault('name-taken', 'node', 'target')
}

/** From the top room down to a live container, itself the last. */
export async function chainTo(tx: Tx, node: Node): Promise<Node[]> {
  return node.parentId === null ? [node] : [...(await tx.nodes.ancestors(node.id)), node]
}

/** The node that the bytes go over, locked; undefined: nothing is there that counts. */
async function fileInPlace(
  ctx: Ctx,
  tx: Tx,
  parent: Node,
  { name, replaceId }: Incoming,
): Promise<Node | undefined> {
  const id = replaceId ?? (await tx.nodes.findChild(parent.id, nameKey(name)))?.id
  if (id === undefined) return undefined
  const [node] = await tx.nodes.lock([id], 'change')
  if (!node || isExpired(node, ctx.now)) {
    return replaceId === undefined ? undefined : fault('not-found', 'node', 'target')
  }
  if (node.parentId !== parent.id) {
    return replaceId === undefined ? undefined : fault('not-found', 'node', 'target')
  }
  if (node.kind !== 'file') fault('wrong-kind', 'node', 'target', { node: node.id })
  return node
}

async function newFile(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  chain: readonly Node[],
  file: Keyed,
): Promise<Committed> {
  const { blob, reserved = 0, uploadId } = file
  const row = {
    ...rowOf(ctx, await tx.nodes.takeIds(1), parent.node, file),
    expireAt: endIn(ctx, chain, parent.node, file.facts.expireAt ?? null),
  }
  const spot = { parent, name: file.name, isFile: true, onClash: file.onClash }
  const { name } = await place(ctx, tx, spot, (free) => tx.nodes.insert({ ...row, name: free }))
  await tx.nodes.insertVersion({
    id: row.id,
    nodeId: row.id,
    content: row.content!,
    createdAt: ctx.now,
    createdBy: row.createdBy,
    supersededAt: null,
    clientModifiedAt: row.clientModifiedAt,
  })
  await storeUploadKeys(tx, { nodeId: row.id, versionId: row.id }, file.toStore)
  await claim(ctx, tx, { chain, roomBytes: blob.size, bytes: blob.size - reserved, uploadId })
  await tellChain(ctx, tx, chain, { files: 1, size: blob.size })
  const node: Node = { ...row, name, deletedAt: null }
  await tellFile(ctx, tx, 'file.created', node, parent.node)
  return { node, permissions: parent.permissions, chain, isNew: true }
}

async function newVersion(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  chain: readonly Node[],
  file: Keyed,
  existing: Node,
): Promise<Committed> {
  const { blob, facts, reserved = 0, uploadId, expectVersion = null } = file
  permit(parent.permissions, overwriteNeeds, 'target')
  if (expectVersion !== null && expectVersion !== existing.currentId) {
    fault('version-mismatch', 'version', undefined, { current: existing.currentId })
  }
  const id = await tx.nodes.takeIds(1)
  const content = contentOf(id, blob, facts.mediaType, existing.name)
  const change = {
    currentId: id,
    content,
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    clientCreatedAt: facts.clientCreatedAt ?? existing.clientCreatedAt,
    clientModifiedAt: facts.clientModifiedAt ?? null,
    notes: facts.notes ?? existing.notes,
    classification: facts.classification ?? existing.classification,
    expireAt: endIn(ctx, chain, existing, facts.expireAt ?? null, existing.expireAt),
  }
  await tx.nodes.supersedeVersion(existing.content!.versionId, ctx.now, change.updatedBy)
  await tx.nodes.insertVersion({
    id,
    nodeId: existing.id,
    content,
    createdAt: ctx.now,
    createdBy: change.updatedBy,
    supersededAt: null,
    clientModifiedAt: change.clientModifiedAt,
    restoredAt: file.restoredAt,
  })
  await storeUploadKeys(tx, { nodeId: existing.id, versionId: id }, file.toStore)
  await tx.nodes.update(existing.id, change)
  const grown = blob.size - existing.content!.size
  await claim(ctx, tx, { chain, roomBytes: grown, bytes: blob.size - reserved, uploadId })
  await tellChain(ctx, tx, chain, { size: grown })
  // The keys of a link open the old version only.
  const endsLinks = file.keepLinks === false || existing.encryptedBy !== null
  if (endsLinks) await tx.links.removeOfNodes([existing.id])
  const node = { ...existing, ...change }
  await tellFile(ctx, tx, 'file.version-created', node, parent.node)
  return { node, permissions: parent.permissions, chain, isNew: false }
}

/** By the policy of the room that governs the file. */
function endIn(
  ctx: Ctx,
  chain: readonly Node[],
  { boundaryId }: Node,
  asked: number | null,
  before: number | null = null,
): number | null {
  const { fileSeconds = null } = chain.find(({ id }) => id === boundaryId)?.room ?? {}
  return fileSeconds === null ? (asked ?? before) : fileEnd(ctx, fileSeconds, asked)
}

async function tellChain(
  ctx: Ctx,
  tx: Tx,
  chain: readonly Node[],
  delta: { files?: number; size: number },
): Promise<void> {
  const ancestorIds = chain.map(({ id }) => id)
  const parentId = ancestorIds.at(-1)!
  await tx.tallies.apply({ ...delta, ancestorIds, parentId, at: ctx.now })
}

async function tellFile(
  ctx: Ctx,
  tx: Tx,
  type: 'file.created' | 'file.version-created',
  node: Node,
  parent: Node,
): Promise<void> {
  const { size, versionId } = node.content!
  const about = { nodeId: node.id, nodeKind: 'file', nodeName: node.name } as const
  const data = { parent: parent.id, size, version: versionId }
  await recordEvents(ctx, tx, [{ type, ...about, roomId: node.boundaryId, data }])
}

function rowOf(ctx: Ctx, id: number, parent: Node, { name, blob, facts }: Incoming): NewNode {
  const by = actorId(ctx.actor)
  return {
    id,
    parentId: parent.id,
    kind: 'file',
    name,
    boundaryId: parent.boundaryId,
    currentId: id,
    homeOf: null,
    targetId: null,
    createdAt: ctx.now,
    createdBy: by,
    updatedAt: ctx.now,
    updatedBy: by,
    clientCreatedAt: facts.clientCreatedAt ?? null,
    clientModifiedAt: facts.clientModifiedAt ?? null,
    notes: facts.notes ?? null,
    classification: facts.classification ?? null,
    expireAt: null,
    content: contentOf(id, blob, facts.mediaType, name),
    room: null,
    encryptedBy: parent.encryptedBy,
  }
}

function contentOf(
  versionId: number,
  blob: BlobRow,
  mediaType: string | null | undefined,
  name: string,
): Content {
  return {
    versionId,
    blobId: blob.id,
    size: blob.size,
    md5: blob.md5,
    sha256: blob.sha256,
    mediaType: mediaTypeOf(name, mediaType),
  }
}
