import { endFlight, landFlight } from '../blobs/keys-in-flight.ts'
import { type Received, receive } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { checkLinkLimits } from '../links/link-limits.ts'
import type { Tx } from '../store.ts'
import { claimMore } from './claim-more.ts'
import { dropObjects } from './drop-objects.ts'
import { assertOpen, findUpload } from './find-upload.ts'
import { maxPartNumber, openPart, type PartGrant } from './part-tickets.ts'
import type { Upload, UploadPart, UploadRef } from './upload.ts'

export type WritePart = {
  readonly source: AsyncIterable<Uint8Array>
} & (
  | {
      /** From `partTickets`; authority enough, the actor may be anonymous. */
      readonly ticket: string
    }
  /** Of an upload whose parts come 'here': its token is authority enough. */
  | { readonly upload: UploadRef; readonly partNumber: number }
)

/** `etag` is the MD5 of the part in hex. */
export type WrittenPart = { readonly etag: string; readonly size: number }

/**
 * Stores one part of a direct upload where the byte store cannot be reached by clients. Parts come
 * in any order, side by side, and may be sent again. Another number of bytes than the ticket says
 * faults 'checksum-mismatch' 'body'.
 */
export async function writePart(ctx: Ctx, input: WritePart): Promise<WrittenPart> {
  const grant = 'ticket' in input ? openPart(ctx, input.ticket) : await grantFor(ctx, input)
  const upload = await ctx.read((tx) => findOpen(ctx, tx, grant, false))
  const hashing = ctx.hasher.begin()
  let chunk: Received | undefined
  try {
    chunk = await receive(ctx, input.source, {
      keepBytes: isWhole(upload, grant) ? ctx.limits.smallFileBytes : 0,
      maxBytes: ctx.limits.uploadBytes,
      size: grant.size,
      hashings: [hashing],
    })
    const { md5: etag } = await hashing.digest()
    const part = partOf(grant, chunk, etag)
    const replaced = await ctx.write((tx) => commit(ctx, tx, grant, part, chunk!))
    await dropObjects(ctx, replaced)
    return { etag, size: chunk.size }
  } catch (error) {
    hashing.abandon()
    throw error
  } finally {
    if (chunk?.kind === 'many') endFlight(ctx, chunk.flight)
  }
}

/** A part of any size, of an upload whose parts come here. */
async function grantFor(
  ctx: Ctx,
  { upload: ref, partNumber }: { upload: UploadRef; partNumber: number },
): Promise<Omit<PartGrant, 'size'> & { size: number | null }> {
  const upload = await ctx.read((tx) => findUpload(ctx, tx, ref))
  if (!takesParts(upload))
    fault('invalid', 'upload', undefined, { field: 'direct', rule: 'chunks' })
  if (!Number.isSafeInteger(partNumber) || partNumber < 1 || partNumber > maxPartNumber) {
    fault('invalid', 'upload', undefined, { field: 'partNumber', rule: 'range' })
  }
  return { uploadId: upload.id, partNumber, size: null }
}

/** Whether its parts come here, and not to the byte store. */
export function takesParts({ direct, directKey }: Upload): boolean {
  return direct && directKey === null
}

type Grant = Awaited<ReturnType<typeof grantFor>>

/** A file of one part; small, it needs no object. */
function isWhole({ size }: Upload, grant: Grant): boolean {
  return grant.partNumber === 1 && (size === null || size === grant.size || grant.size === null)
}

function partOf(grant: Grant, chunk: Received, md5: string): UploadPart {
  const place = { position: grant.partNumber, offset: 0, size: chunk.size, md5 }
  return chunk.kind === 'many'
    ? { ...place, key: chunk.flight.key, bytes: null }
    : { ...place, key: null, bytes: chunk.bytes }
}

async function findOpen(
  ctx: Ctx,
  tx: Tx,
  { uploadId }: Pick<PartGrant, 'uploadId'>,
  forUpdate: boolean,
): Promise<Upload> {
  const upload = forUpdate
    ? await tx.uploads.findForUpdate(uploadId)
    : await tx.uploads.find(uploadId)
  if (!upload) return fault('not-found', 'ticket')
  assertOpen(ctx, upload)
  return upload
}

/** Answers the object that the part takes the place of. */
async function commit(
  ctx: Ctx,
  tx: Tx,
  grant: Grant,
  part: UploadPart,
  chunk: Received,
): Promise<string[]> {
  const upload = await findOpen(ctx, tx, grant, true)
  if (chunk.kind === 'many') await landFlight(ctx, tx, chunk.flight)
  const before = await tx.uploads.findPart(upload.id, part.position)
  const received = upload.received - (before?.size ?? 0) + part.size
  if (upload.linkId !== null) await checkLinkLimits(tx, upload.linkId, received)
  if (received > ctx.limits.uploadBytes) {
    fault('too-large', 'upload', undefined, { limit: ctx.limits.uploadBytes })
  }
  await tx.uploads.putPart(upload.id, part)
  await tx.uploads.setProgress(upload.id, {
    received,
    partCount: upload.partCount + (before ? 0 : 1),
    reserved: await claimMore(ctx, tx, upload, received),
    expiresAt: ctx.clock() + ctx.limits.uploadTtlSeconds * 1000,
  })
  return typeof before?.key === 'string' ? [before.key] : []
}
