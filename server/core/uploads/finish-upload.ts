import { hashBytes, hashSegments } from '../blobs/hash-bytes.ts'
import type { Hashes } from '../blobs/hasher.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import type { UploadKeys } from '../keys/upload-keys.ts'
import type { OnClash } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { abortDirect, emptyUpload } from './cancel-upload.ts'
import { commitUpload } from './complete-upload.ts'
import { dropObjects } from './drop-objects.ts'
import { type Pieces, piecesOf, releasePieces } from './pieces.ts'
import type { Upload } from './upload.ts'

export type NamedPart = { readonly partNumber: number; readonly etag: string }

/** What a 'finish-upload' job is told, as JSON in its payload. */
export type FinishUpload = {
  readonly uploadId: number
  readonly name: string
  readonly onClash: OnClash
  readonly keepLinks: boolean
  readonly keys?: UploadKeys
  /** By number. */
  readonly parts: readonly NamedPart[]
}

/**
 * The job behind `completeDirectUpload`: joins the parts where the byte store has them, reads and
 * hashes the bytes, and makes the file. Can be run again from the start at any point.
 */
export async function finishUpload(ctx: Ctx, lease: Lease): Promise<void> {
  const order = orderOf(lease)
  const upload = await ctx.read((tx) => tx.uploads.find(order.uploadId))
  if (upload?.state !== 'finishing') return ctx.write((tx) => lease.finish(tx))
  const { pieces, left } = await join(ctx, upload, order)
  try {
    checkSize(ctx, upload, pieces)
    const hashes = await hashesOf(ctx, pieces, lease)
    checkHash(upload, hashes)
    await ctx.write((tx) => commit(ctx, tx, lease, order, pieces, hashes))
  } finally {
    releasePieces(ctx, pieces)
  }
  await dropObjects(ctx, left)
}

function orderOf({ job }: Lease): FinishUpload {
  return JSON.parse(String(job.payload.order)) as FinishUpload
}

type Joined = {
  readonly pieces: Pieces
  /** Objects of parts that are not in the file. */
  readonly left: readonly string[]
}

async function join(ctx: Ctx, upload: Upload, { parts }: FinishUpload): Promise<Joined> {
  const { directKey: key, directReference: reference } = upload
  if (key === null || reference === null) return joinOwn(ctx, upload, parts)
  const { direct } = ctx.blobs
  if (!direct) return fault('unavailable', 'upload')
  const { size } = await direct.complete({ key, reference, parts: [...parts] })
  return { pieces: { kind: 'many', size, segments: [{ key, size }], flights: [] }, left: [] }
}

async function joinOwn(ctx: Ctx, { id }: Upload, named: readonly NamedPart[]): Promise<Joined> {
  const stored = await ctx.read((tx) => tx.uploads.parts(id))
  const wanted = new Set(named.map(({ partNumber }) => partNumber))
  const parts = stored.filter(({ position }) => wanted.has(position))
  const rest = stored.filter(({ position }) => !wanted.has(position))
  const left = rest.flatMap(({ key }) => (key === null ? [] : [key]))
  return { pieces: await piecesOf(ctx, parts), left }
}

function checkSize(ctx: Ctx, { size }: Upload, pieces: Pieces): void {
  if (size !== null && size !== pieces.size) {
    const data = { announced: size, received: pieces.size }
    fault('checksum-mismatch', 'upload', undefined, data)
  }
  const limit = ctx.limits.uploadBytes
  if (pieces.size > limit) fault('too-large', 'upload', undefined, { limit })
}

function checkHash({ md5 }: Upload, hashes: Hashes): void {
  if (md5 === null || md5 === hashes.md5) return
  fault('checksum-mismatch', 'upload', undefined, { announced: md5, received: hashes.md5 })
}

function hashesOf(ctx: Ctx, pieces: Pieces, lease: Lease): Promise<Hashes> {
  if (pieces.kind === 'few') return hashBytes(ctx, pieces.bytes)
  return hashSegments(ctx, pieces.segments, () => lease.renew())
}

async function commit(
  ctx: Ctx,
  tx: Tx,
  lease: Lease,
  { uploadId, name, onClash, keepLinks, keys }: FinishUpload,
  pieces: Pieces,
  hashes: Hashes,
): Promise<void> {
  await lease.finish(tx)
  const upload = await tx.uploads.findForUpdate(uploadId)
  if (upload?.state !== 'finishing') return
  await commitUpload(ctx, tx, upload, { name, onClash, keepLinks, keys }, pieces, hashes)
}

/** Gives up: the upload fails with this reason ('code subject'), its bytes and reservation go. */
export async function failUpload(ctx: Ctx, lease: Lease, failure: string): Promise<void> {
  const { uploadId } = orderOf(lease)
  const gone = await ctx.write(async (tx) => {
    await lease.finish(tx)
    const upload = await tx.uploads.findForUpdate(uploadId)
    if (upload?.state !== 'finishing') return undefined
    const keys = await emptyUpload(ctx, tx, upload)
    await tx.uploads.setState(uploadId, { state: 'failed', nodeId: null, failure, reserved: 0 })
    return { upload, keys }
  })
  if (!gone) return
  await dropObjects(ctx, gone.keys)
  await abortDirect(ctx, gone.upload)
}
