import { actorId } from '../actor-id.ts'
import type { BlobRow } from '../blobs/blob-row-store.ts'
import type { Ctx } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import { maxCipherBytes } from '../keys/key-pair.ts'
import { lockContainer } from '../nodes/container.ts'
import { ensureFolders } from '../nodes/ensure-folders.ts'
import { isExpired, type Node, type NodeRef, type NodeView, type OnClash } from '../nodes/node.ts'
import { childNamed } from '../nodes/resolve.ts'
import { checkFacts, validName } from '../nodes/valid-facts.ts'
import { CREATE } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen, seen, visible } from '../permissions/visible.ts'
import { claim, limitedRooms } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { wasDeleted } from '../trash/deleted-entry.ts'
import { abortDirect } from './cancel-upload.ts'
import { chainTo, commitFile, type FileFacts, overwriteNeeds } from './commit-file.ts'
import { describeCommitted } from './describe-committed.ts'
import type { Upload } from './upload.ts'

/** Where a file goes: below a node, or by a path from a container or the actor's own root. */
export type FilePlace =
  | { readonly parent: NodeRef; readonly name: string }
  /** The last segment is the name. */
  | {
      readonly path: readonly string[]
      readonly from?: number
      readonly createParents?: boolean
    }

export type StartUpload = FilePlace &
  FileFacts & {
    /** Announced bytes; they are reserved, and any other number is refused later. */
    readonly size?: number | null
    /** Announced MD5, 32 hex digits. */
    readonly md5?: string | null
    /** Given 'fail' or 'overwrite', a clash that is there already is refused now. */
    readonly onClash?: OnClash
    /** Id of the version that must be current; the file must exist then. */
    readonly expectVersion?: number | null
    /** Parts go to addresses of their own (`partTickets`), or, 'here', come to `writePart`. */
    readonly direct?: boolean | 'here'
    /** The client encrypts where it must, and brings keys in the end; else that is refused now. */
    readonly bringsKeys?: boolean
    /** Store at once where a file with this size and MD5 is readable for the user now. */
    readonly mayDeduplicate?: boolean
  }

export type StartedUpload =
  | { readonly kind: 'stored'; readonly view: NodeView }
  | { readonly kind: 'open'; readonly upload: Upload; readonly token: string }

/**
 * Announces a file: checks name, place and rights (CREATE; overwriting needs DELETE too), reserves
 * the announced bytes and opens the upload; the token is authority for its bytes. An unknown
 * checksum and one of a file that the user cannot read make no difference in the answer.
 */
export async function startUpload(ctx: Ctx, input: StartUpload): Promise<StartedUpload> {
  const name = fileName(input)
  checkFacts(ctx, input)
  const announced = checkAnnounced(ctx, input)
  const direct = input.direct === true ? await beginDirect(ctx, input) : noDirect
  try {
    return await ctx.write(async (tx) => {
      const parent = await parentFor(ctx, tx, input)
      checkCipherUpload(parent.node, input)
      await refuseClash(ctx, tx, parent, name, input)
      const known = await deduplicated(ctx, tx, input)
      if (known) return { kind: 'stored', view: await store(ctx, tx, parent, name, input, known) }
      return openUpload(ctx, tx, parent, { name, ...announced, ...direct }, input)
    })
  } catch (error) {
    await abortDirect(ctx, direct)
    throw error
  }
}

/** One message of the cipher holds only so much. */
export function checkCipherUpload(
  { encryptedBy }: Node,
  { bringsKeys, size }: Pick<StartUpload, 'bringsKeys' | 'size'>,
): void {
  if (encryptedBy === null) return
  if (!bringsKeys) fault('key-missing', 'upload')
  if ((size ?? 0) > maxCipherBytes) {
    fault('too-large', 'upload', undefined, { limit: maxCipherBytes, rule: 'cipher' })
  }
}

/** The valid name that a place ends in. */
export function fileName(place: FilePlace): string {
  return validName('path' in place ? (place.path.at(-1) ?? '') : place.name)
}

/** The container of a place, locked; CREATE on it is checked. */
export function parentFor(ctx: Ctx, tx: Tx, place: FilePlace): Promise<Seen> {
  if (!('path' in place)) return lockParent(ctx, tx, place.parent)
  const path = place.path.slice(0, -1)
  return place.createParents
    ? ensureFolders(ctx, tx, { path, from: place.from }, CREATE)
    : liveParent(ctx, tx, { path, from: place.from })
}

/** 'closed' 'node' 'parent' for a path under which something was deleted. */
async function liveParent(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Seen> {
  try {
    return await lockContainer(ctx, tx, ref, CREATE, 'parent')
  } catch (error) {
    const isGone = isFault(error, 'not-found') && (await wasDeleted(ctx, tx, ref))
    return isGone ? fault('closed', 'node', 'parent') : Promise.reject(error)
  }
}

/** `lockContainer` with one look-up where the id is at hand. */
export async function lockParent(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Seen> {
  if (!('id' in ref) || !Number.isSafeInteger(ref.id)) {
    return lockContainer(ctx, tx, ref, CREATE, 'parent')
  }
  const [node] = await tx.nodes.lock([ref.id], 'stay')
  if (!node || node.kind === 'mount') return lockContainer(ctx, tx, ref, CREATE, 'parent')
  const parent = await seen(ctx, tx, node, 'parent')
  if (node.kind === 'file') fault('wrong-kind', 'node', 'parent')
  permit(parent.permissions, CREATE, 'parent')
  return parent
}

const md5Form = /^[0-9a-f]{32}$/

export function checkAnnounced(
  ctx: Ctx,
  input: Pick<StartUpload, 'size' | 'md5'>,
): Pick<Upload, 'size' | 'md5'> {
  const size = input.size ?? null
  if (size !== null && (!Number.isSafeInteger(size) || size < 0)) {
    fault('invalid', 'upload', undefined, { field: 'size', rule: 'range' })
  }
  if (size !== null && size > ctx.limits.uploadBytes) {
    fault('too-large', 'upload', undefined, { limit: ctx.limits.uploadBytes })
  }
  const md5 = input.md5?.toLowerCase() ?? null
  if (md5 !== null && !md5Form.test(md5)) {
    fault('invalid', 'upload', undefined, { field: 'md5', rule: 'form' })
  }
  return { size, md5 }
}

/** A clash that is known now is refused now; whether it is one at the end decides the commit. */
export async function refuseClash(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  name: string,
  { onClash, expectVersion = null }: Pick<StartUpload, 'onClash' | 'expectVersion'>,
): Promise<void> {
  if (onClash !== 'fail' && onClash !== 'overwrite' && expectVersion === null) return
  const found = await childNamed(tx, parent.node, name)
  const other = found && !isExpired(found, ctx.now) ? found : undefined
  if (expectVersion !== null && other?.currentId !== expectVersion) {
    fault('version-mismatch', 'version')
  }
  if (!other) return
  if (onClash === 'fail' && expectVersion === null) {
    fault('name-taken', 'node', 'target', { node: other.id })
  }
  if (other.kind !== 'file') fault('wrong-kind', 'node', 'target', { node: other.id })
  permit(parent.permissions, overwriteNeeds, 'target')
}

async function deduplicated(
  ctx: Ctx,
  tx: Tx,
  { mayDeduplicate, size, md5 }: StartUpload,
): Promise<BlobRow | undefined> {
  if (!mayDeduplicate || typeof size !== 'number' || typeof md5 !== 'string') return undefined
  if (ctx.actor.kind !== 'user') return undefined
  const { userId } = ctx.actor
  const blob = await tx.blobs.findReadable(userId, size, md5.toLowerCase(), ctx.now)
  if (!blob || !(await tx.blobs.keep([blob.id])).has(blob.id)) return undefined
  return blob
}

async function store(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  name: string,
  input: StartUpload,
  blob: BlobRow,
): Promise<NodeView> {
  const { expectVersion, onClash = 'fail' } = input
  const file = { name, blob, facts: input, onClash, expectVersion }
  return describeCommitted(ctx, tx, await commitFile(ctx, tx, parent, file))
}

type Opening = Pick<Upload, 'name' | 'size' | 'md5' | 'directKey' | 'directReference'>

async function openUpload(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  opening: Opening,
  input: StartUpload,
): Promise<StartedUpload> {
  // Files through links have limits of their own: see `startLinkUpload` and `storeFile`.
  if (ctx.actor.kind === 'visitor') fault('forbidden', 'node', 'parent')
  const reserved = opening.size ?? 0
  const chain = await chainTo(tx, parent.node)
  await claim(ctx, tx, { chain, roomBytes: reserved, bytes: reserved })
  const { userId } = ctx.actor.kind === 'export' ? await viewerOf(ctx, tx) : ownerOf(ctx)
  const owner = { userId, exportId: ctx.actor.kind === 'export' ? ctx.actor.exportId : null }
  const facts = { ...opening, ...owner, linkId: null, parentId: parent.node.id, reserved }
  return insertUpload(ctx, tx, facts, input, limitedRooms(chain))
}

/** What is decided about a new upload before its row is written. */
export type UploadFacts = Opening &
  Pick<Upload, 'userId' | 'exportId' | 'linkId' | 'parentId' | 'reserved'>

/** Writes the row of an upload, open from now on, and gives out its token. */
export async function insertUpload(
  ctx: Ctx,
  tx: Tx,
  decided: UploadFacts,
  input: Omit<StartUpload, 'parent' | 'name' | 'path'>,
  rooms: readonly number[],
): Promise<Extract<StartedUpload, { kind: 'open' }>> {
  const upload: Upload = {
    ...decided,
    id: await tx.uploads.takeId(),
    state: 'open',
    mediaType: input.mediaType ?? null,
    clientCreatedAt: input.clientCreatedAt ?? null,
    clientModifiedAt: input.clientModifiedAt ?? null,
    notes: input.notes ?? null,
    classification: input.classification ?? null,
    expireAt: input.expireAt ?? null,
    onClash: input.onClash ?? 'fail',
    expectVersion: input.expectVersion ?? null,
    direct: input.direct === true || input.direct === 'here',
    received: 0,
    partCount: 0,
    createdAt: ctx.now,
    expiresAt: ctx.now + ctx.limits.uploadTtlSeconds * 1000,
    nodeId: null,
    failure: null,
  }
  const token = ctx.secrets.token()
  await tx.uploads.insert(upload, ctx.secrets.digest(token))
  await tx.uploads.setRooms(upload.id, rooms)
  return { kind: 'open', upload, token }
}

function ownerOf(ctx: Ctx): { userId: number | null } {
  return { userId: actorId(ctx.actor) }
}

type Direct = Pick<Upload, 'directKey' | 'directReference'>

const noDirect: Direct = { directKey: null, directReference: null }

/** Rights are looked at before the byte store hears of it, and again when it is written. */
async function beginDirect(ctx: Ctx, input: StartUpload): Promise<Direct> {
  const { direct } = ctx.blobs
  if (!direct) return noDirect
  const path = 'path' in input ? input.path.slice(0, -1) : undefined
  const isMade = 'createParents' in input && input.createParents === true
  if (!isMade) {
    await ctx.read(async (tx) => {
      const ref = path ? { path } : (input as { parent: NodeRef }).parent
      permit((await visible(ctx, tx, ref, 'parent')).permissions, CREATE, 'parent')
    })
  }
  const directKey = ctx.secrets.blobKey()
  return { directKey, directReference: await direct.begin(directKey) }
}
