import { isBlobError } from '../blobs/blob-error.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type UploadKeys, uploadKeys } from '../keys/upload-keys.ts'
import { lockContainer } from '../nodes/container.ts'
import type { OnClash } from '../nodes/node.ts'
import { validName } from '../nodes/valid-facts.ts'
import { CREATE } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { assertOpen, findUpload, uploaderOf } from './find-upload.ts'
import type { FinishUpload, NamedPart } from './finish-upload.ts'
import { refuseClash } from './start-upload.ts'
import type { Upload, UploadRef } from './upload.ts'

export type CompleteDirectUpload = {
  readonly upload: UploadRef
  /** All parts of the file with the tags that storing them answered; in any order. */
  readonly parts: readonly NamedPart[]
  readonly name?: string
  readonly onClash?: OnClash
  readonly keepLinks?: boolean
  /** Of encrypted bytes. */
  readonly keys?: UploadKeys
}

/**
 * Ends a direct upload: its parts are compared now ('part-mismatch' 'upload'), the rights of its
 * user are looked at, and a job in the same transaction makes the file, which appears when its
 * bytes are hashed. A name that is taken already and may not be is refused now ('name-taken'), so
 * that the upload stays open for another. Named again while that goes on or afterwards, nothing
 * happens.
 */
export async function completeDirectUpload(ctx: Ctx, input: CompleteDirectUpload): Promise<void> {
  const upload = await ctx.read((tx) => findUpload(ctx, tx, input.upload))
  if (upload.state === 'finishing' || upload.state === 'done') return
  assertOpen(ctx, upload)
  if (!upload.direct) fault('invalid', 'upload', undefined, { field: 'direct', rule: 'chunks' })
  const name = validName(input.name ?? upload.name)
  const parts = inOrder(input.parts)
  if (upload.directKey !== null) await compareStored(ctx, upload, parts)
  await ctx.write((tx) => finish(ctx, tx, upload.id, { ...input, name, parts }))
}

function inOrder(parts: readonly NamedPart[]): NamedPart[] {
  const sorted = parts
    .map(({ partNumber, etag }) => ({ partNumber, etag: bare(etag) }))
    .sort((a, b) => a.partNumber - b.partNumber)
  const isTwice = sorted.some((part, at) => part.partNumber === sorted[at + 1]?.partNumber)
  if (sorted.length === 0 || isTwice) fault('part-mismatch', 'upload', undefined, { part: 0 })
  return sorted
}

/** Clients send tags with quotes and without. */
function bare(etag: string): string {
  return etag.trim().replace(/^"(.*)"$/, '$1')
}

/** Compares with what the byte store says it has. */
async function compareStored(
  ctx: Ctx,
  { directKey, directReference }: Upload,
  parts: readonly NamedPart[],
): Promise<void> {
  const { direct } = ctx.blobs
  if (!direct) return fault('unavailable', 'upload')
  try {
    const stored = await direct.parts({ key: directKey!, reference: directReference! })
    compare(parts, new Map(stored.map((part) => [part.partNumber, bare(part.etag)])))
  } catch (error) {
    if (isBlobError(error, 'blob-missing')) fault('part-mismatch', 'upload')
    throw error
  }
}

function compare(parts: readonly NamedPart[], stored: ReadonlyMap<number, string>): void {
  for (const { partNumber, etag } of parts) {
    if (stored.get(partNumber) === etag) continue
    fault('part-mismatch', 'upload', undefined, { part: partNumber })
  }
}

async function finish(
  ctx: Ctx,
  tx: Tx,
  id: number,
  input: CompleteDirectUpload & { name: string; parts: readonly NamedPart[] },
): Promise<void> {
  const upload = await tx.uploads.findForUpdate(id)
  if (!upload) return fault('not-found', 'upload')
  if (upload.state === 'finishing' || upload.state === 'done') return
  assertOpen(ctx, upload)
  if (upload.directKey === null) {
    const stored = await tx.uploads.partTags(id)
    compare(input.parts, new Map(stored.map(({ position, md5 }) => [position, md5])))
  }
  const acting = await uploaderOf(ctx, tx, upload)
  const parent = await lockContainer(acting, tx, { id: upload.parentId }, CREATE, 'parent')
  await uploadKeys(acting, tx, parent.node, { ...input.keys, anonymous: upload.linkId !== null })
  const { reserved, expectVersion } = upload
  const onClash = input.onClash ?? upload.onClash
  if (onClash === 'fail' && expectVersion === null) {
    await refuseClash(acting, tx, parent, input.name, { onClash })
  }
  await tx.uploads.setState(id, { state: 'finishing', nodeId: null, failure: null, reserved })
  const order: FinishUpload = {
    uploadId: id,
    name: input.name,
    onClash,
    keepLinks: input.keepLinks !== false,
    keys: input.keys,
    parts: input.parts,
  }
  const payload = { uploadId: id, order: JSON.stringify(order) }
  await tx.jobs.enqueue('finish-upload', payload, ctx.now, `finish-upload:${id}`)
}
