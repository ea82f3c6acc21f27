import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { checkLinkLimits } from '../links/link-limits.ts'
import { CREATE } from '../permissions/permission.ts'
import { permit, seen } from '../permissions/visible.ts'
import { checkQuota } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { chainTo } from './commit-file.ts'
import { assertOpen, findUpload, uploaderOf } from './find-upload.ts'
import type { Upload, UploadRef } from './upload.ts'

export type PartTickets = {
  readonly upload: UploadRef
  /** Numbers from 1, both inclusive. */
  readonly first: number
  readonly last: number
  /** Bytes of each of these parts. */
  readonly size: number
}

/** Either an address of the byte store or our own signed ticket for `writePart`. */
export type PartTicket = {
  readonly partNumber: number
  readonly url?: string
  readonly ticket?: string
}

/** Object stores number up to here. */
export const maxPartNumber = 10_000
/** Addresses that are signed by object stores live a week at most. */
const maxUrlSeconds = 604_800
const purpose = 'upload-part'

/**
 * Where the parts of a direct upload go, each good for one size until the upload ends. Who may not
 * make files there any more, and bytes that do not fit by now, are refused like at the end: the
 * byte store asks nobody. Faults 'forbidden' and 'not-found' 'node' 'parent', 'quota-exceeded', and
 * those of `checkLinkLimits`.
 */
export async function partTickets(ctx: Ctx, input: PartTickets): Promise<PartTicket[]> {
  const upload = await ctx.read(async (tx) => {
    const found = await findUpload(ctx, tx, input.upload)
    assertOpen(ctx, found)
    checkNumbers(ctx, found, input)
    await checkPlace(ctx, tx, found, input)
    return found
  })
  const { directKey: key, directReference: reference } = upload
  const numbers = Array.from({ length: input.last - input.first + 1 }, (_, at) => input.first + at)
  const { direct } = ctx.blobs
  if (!direct || key === null || reference === null) {
    return numbers.map((partNumber) => ({
      partNumber,
      ticket: sealPart(ctx, { uploadId: upload.id, partNumber, size: input.size }),
    }))
  }
  const ttlSeconds = Math.min(maxUrlSeconds, Math.ceil((upload.expiresAt - ctx.now) / 1000))
  const { size } = input
  return Promise.all(
    numbers.map(async (partNumber) => {
      const url = await direct.partUrl({ key, reference, partNumber, size, ttlSeconds })
      return { partNumber, url }
    }),
  )
}

function checkNumbers(ctx: Ctx, upload: Upload, { first, last, size }: PartTickets): void {
  if (!upload.direct) fault('invalid', 'upload', undefined, { field: 'direct', rule: 'chunks' })
  const areNumbers = [first, last, size].every((value) => Number.isSafeInteger(value))
  if (!areNumbers || first < 1 || last < first || last > maxPartNumber) {
    fault('invalid', 'upload', undefined, { field: 'partNumber', rule: 'range' })
  }
  const count = last - first + 1
  if (count > ctx.limits.bulkItems) {
    fault('too-many', 'upload', undefined, { limit: ctx.limits.bulkItems })
  }
  if (size < 0) fault('invalid', 'upload', undefined, { field: 'size', rule: 'range' })
  const limit = Math.min(ctx.limits.uploadBytes, upload.size ?? ctx.limits.uploadBytes)
  if (size > limit) fault('too-large', 'upload', undefined, { limit })
}

async function checkPlace(
  ctx: Ctx,
  tx: Tx,
  upload: Upload,
  { first, last, size }: PartTickets,
): Promise<void> {
  const acting = await uploaderOf(ctx, tx, upload)
  const parent = await tx.nodes.find(upload.parentId)
  if (!parent) return fault('not-found', 'node', 'parent')
  permit((await seen(acting, tx, parent, 'parent')).permissions, CREATE, 'parent')
  const bytes = Math.min((last - first + 1) * size, upload.size ?? Number.POSITIVE_INFINITY)
  if (upload.linkId !== null) await checkLinkLimits(tx, upload.linkId, bytes)
  await checkQuota(ctx, tx, {
    chain: await chainTo(tx, parent),
    roomBytes: bytes,
    bytes: bytes - upload.reserved,
    uploadId: upload.id,
  })
}

export type PartGrant = {
  readonly uploadId: number
  readonly partNumber: number
  readonly size: number
}

/** A ticket for one part of one upload of this tenant, signed; it ends with the upload. */
export function sealPart(ctx: Ctx, { uploadId, partNumber, size }: PartGrant): string {
  const text = `${ctx.tenant.id}.${uploadId}.${partNumber}.${size}`
  return `${text}.${ctx.secrets.sign(purpose, text)}`
}

/** What a ticket allows; faults 'not-found' 'ticket' when it is not ours or of another tenant. */
export function openPart(ctx: Ctx, ticket: string): PartGrant {
  const end = ticket.lastIndexOf('.')
  const text = ticket.slice(0, Math.max(0, end))
  if (!ctx.secrets.verify(purpose, text, ticket.slice(end + 1))) fault('not-found', 'ticket')
  const [tenantId, uploadId, partNumber, size] = text.split('.').map(Number)
  if (tenantId !== ctx.tenant.id) fault('not-found', 'ticket')
  return { uploadId: uploadId!, partNumber: partNumber!, size: size! }
}
