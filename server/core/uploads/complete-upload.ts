import { hashBytes, hashSegments } from '../blobs/hash-bytes.ts'
import type { Hashes } from '../blobs/hasher.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { UploadKeys } from '../keys/upload-keys.ts'
import { countLinkUpload } from '../links/link-limits.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { NodeView, OnClash } from '../nodes/node.ts'
import { validName } from '../nodes/valid-facts.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { newBlobId } from './blob-id.ts'
import { commitFile } from './commit-file.ts'
import { describeCommitted } from './describe-committed.ts'
import { assertOpen, findUpload, uploaderOf } from './find-upload.ts'
import { landPieces, type Pieces, piecesOf, releasePieces } from './pieces.ts'
import { dropRunning, takeRunning } from './running-hashes.ts'
import { lockParent } from './start-upload.ts'
import type { Upload, UploadPart, UploadRef } from './upload.ts'
import { inTurn } from './upload-turns.ts'
import { takesParts } from './write-part.ts'

export type CompleteUpload = {
  readonly upload: UploadRef
  /** Another name than the announced one. */
  readonly name?: string
  readonly onClash?: OnClash
  /** false: the links on a file that gets a new version end. */
  readonly keepLinks?: boolean
  /** Parts that came to `writePart` make the file too: all from 1 on, without a gap. */
  readonly joinParts?: boolean
  /** Of encrypted bytes. */
  readonly keys?: UploadKeys
  readonly expect?: { readonly size?: number | null; readonly md5?: string | null }
}

/**
 * Makes the file, or a new version of one, of the chunks that have arrived. The rights of the
 * upload's user are looked at again now. Completing again what is done answers the same file. Bytes
 * that differ from what was announced fault 'checksum-mismatch' 'upload', a missing part
 * 'part-mismatch' 'upload'; these and all other faults leave it open.
 */
export async function completeUpload(ctx: Ctx, input: CompleteUpload): Promise<NodeView> {
  return inTurn(ctx, input.upload, async () => {
    const upload = await ctx.read((tx) => findUpload(ctx, tx, input.upload))
    if (upload.state === 'done') return ctx.read((tx) => viewOf(ctx, tx, upload))
    assertOpen(ctx, upload)
    if (upload.direct && !(input.joinParts && takesParts(upload))) {
      fault('invalid', 'upload', undefined, { field: 'direct', rule: 'parts' })
    }
    const name = validName(input.name ?? upload.name)
    checkSize(upload, input)
    const parts = upload.partCount > 0 ? await ctx.read((tx) => tx.uploads.parts(upload.id)) : []
    if (upload.direct) checkNumbers(parts)
    const pieces = await piecesOf(ctx, parts)
    try {
      const hashes = await hashesOf(ctx, upload, pieces)
      checkHash(upload, input, hashes)
      const view = await ctx.write((tx) =>
        commit(ctx, tx, upload, { ...input, name }, pieces, hashes),
      )
      dropRunning(ctx, upload.id)
      return view
    } finally {
      releasePieces(ctx, pieces)
    }
  })
}

function checkNumbers(parts: readonly UploadPart[]): void {
  const gap = parts.findIndex(({ position }, at) => position !== at + 1)
  if (gap >= 0) fault('part-mismatch', 'upload', undefined, { part: gap + 1 })
}

/** The file that came of an upload, as its user sees it; gone since then: 'closed' 'upload'. */
export async function viewOf(ctx: Ctx, tx: Tx, upload: Upload): Promise<NodeView> {
  if (upload.nodeId === null) return fault('closed', 'upload')
  const acting = await uploaderOf(ctx, tx, upload)
  const { node } = await visible(acting, tx, { id: upload.nodeId }, 'target')
  return describeNode(acting, tx, node)
}

function checkSize({ size, received }: Upload, { expect }: CompleteUpload): void {
  for (const announced of [size, expect?.size ?? null]) {
    if (announced !== null && announced !== received) {
      fault('checksum-mismatch', 'upload', undefined, { announced, received })
    }
  }
}

function checkHash({ md5 }: Upload, { expect }: CompleteUpload, hashes: Hashes): void {
  for (const announced of [md5, expect?.md5 ?? null]) {
    if (announced !== null && announced.toLowerCase() !== hashes.md5) {
      fault('checksum-mismatch', 'upload', undefined, { announced, received: hashes.md5 })
    }
  }
}

/** From the hashing that ran along where there is one, so that the bytes are not read again. */
async function hashesOf(ctx: Ctx, upload: Upload, pieces: Pieces): Promise<Hashes> {
  if (pieces.kind === 'few') return hashBytes(ctx, pieces.bytes)
  const { received, id } = upload
  const running = received > 0 ? takeRunning(ctx, id, received) : undefined
  if (!running) return hashSegments(ctx, pieces.segments)
  return running.digest()
}

async function commit(
  ctx: Ctx,
  tx: Tx,
  before: Upload,
  input: CompleteUpload & { name: string },
  pieces: Pieces,
  hashes: Hashes,
): Promise<NodeView> {
  const upload = await tx.uploads.findForUpdate(before.id)
  if (!upload) return fault('not-found', 'upload')
  if (upload.state === 'done') return viewOf(ctx, tx, upload)
  assertOpen(ctx, upload)
  if (upload.received !== before.received || upload.partCount !== before.partCount) {
    fault('closed', 'upload', undefined, { reason: 'changing' })
  }
  return commitUpload(ctx, tx, upload, input, pieces, hashes)
}

export type Ending = Pick<CompleteUpload, 'onClash' | 'keepLinks' | 'keys'> & {
  readonly name: string
}

/** Makes the file of a locked upload whose bytes are all there, and closes the upload. */
export async function commitUpload(
  ctx: Ctx,
  tx: Tx,
  upload: Upload,
  { name, onClash = upload.onClash, keepLinks, keys }: Ending,
  pieces: Pieces,
  hashes: Hashes,
): Promise<NodeView> {
  const acting = await uploaderOf(ctx, tx, upload)
  const parent = await lockParent(acting, tx, { id: upload.parentId })
  await landPieces(ctx, tx, pieces)
  const blob = { id: newBlobId(ctx), size: pieces.size, ...hashes, createdAt: ctx.now }
  if (pieces.kind === 'few') await tx.blobs.insertSmall(blob, pieces.bytes)
  else await tx.blobs.insert(blob, pieces.segments)
  const { expectVersion, reserved, id: uploadId } = upload
  // Nobody overwrites through a link, whatever the end of the upload says.
  const clash = upload.linkId === null ? onClash : upload.onClash
  const brought = keys && { ...keys, anonymous: upload.linkId !== null }
  const rules = { onClash: clash, keepLinks, keys: brought, expectVersion }
  const file = { name, ...rules, blob, facts: upload, reserved, uploadId }
  const committed = await commitFile(acting, tx, parent, file)
  if (upload.linkId !== null) await countLinkUpload(acting, tx, upload.linkId, committed.node)
  await tx.uploads.removePartsFrom(uploadId, 0)
  const nodeId = committed.node.id
  await tx.uploads.setState(uploadId, { state: 'done', nodeId, failure: null, reserved: 0 })
  return describeCommitted(acting, tx, committed)
}
