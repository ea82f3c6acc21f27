import type { Ctx } from '../ctx.ts'
import { openContent } from '../downloads/open-content.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import { areBeingMade, headOf, makePreviews, takesFile } from './make-previews.ts'
import { failureKeptMs, leastPauseMs, type PreviewSize } from './preview.ts'
import type { KeptPreview } from './preview-store.ts'

/** What can be had of a file: a picture of it, or itself where it is a PDF document. */
export type PreviewKind = PreviewSize | 'document'

/**
 * The preview of a file that the caller was let read, made now where none is kept. Faults
 * 'not-found' 'preview' for what has none, 'unavailable' 'preview' where it cannot be made now.
 */
export async function openPreview(ctx: Ctx, file: OpenFile, size: PreviewSize): Promise<OpenFile> {
  const { blobId } = file.content
  const find = () => ctx.read((tx) => tx.previews.find(blobId, size))
  const kept = await find()
  if (kept?.picture) return opened(ctx, file, kept)
  const isKnown = kept !== undefined && ctx.now - kept.triedAt < failureKeptMs
  if (isKnown && !areBeingMade(ctx, file)) fault('not-found', 'preview')
  if (!(await makePreviews(ctx, file))) fault('not-found', 'preview')
  return opened(ctx, file, await find())
}

function opened(ctx: Ctx, file: OpenFile, kept: KeptPreview | undefined): OpenFile {
  if (!kept?.picture) return fault('not-found', 'preview')
  const { blobId, bytes, md5, mediaType } = kept.picture
  const { versionId } = file.content
  const content = { versionId, blobId, size: bytes, md5, sha256: null, mediaType }
  const name = `${file.name}.${mediaType === 'image/png' ? 'png' : 'jpg'}`
  return openContent(ctx, { name, content, modifiedAt: kept.triedAt })
}

const pdfSign = Buffer.from('%PDF-')

/** The file itself, where it is a PDF document; else 'not-found' 'preview'. */
export async function asDocument(file: OpenFile): Promise<OpenFile> {
  const start = (await headOf(file)).subarray(0, pdfSign.length)
  if (!pdfSign.equals(start)) fault('not-found', 'preview')
  return { ...file, content: { ...file.content, mediaType: 'application/pdf' } }
}

/** Whether previews are made, or there; false where nothing here takes the file. */
export type StartedPreview = { readonly started: boolean }

/**
 * Begins to make the previews of a file anew, also where it failed before; not what was tried
 * within the last minute. For strangers, who could keep the server busy with it, only what is not
 * there is made. What is kept stays until the new ones are there.
 */
export async function startPreview(
  ctx: Ctx,
  file: OpenFile,
  { again }: { readonly again: boolean },
): Promise<StartedPreview> {
  if (!(await takesFile(ctx, file))) return { started: false }
  const kept = await ctx.read((tx) => tx.previews.find(file.content.blobId, 'large'))
  const pause = again ? leastPauseMs : kept?.picture ? Number.POSITIVE_INFINITY : failureKeptMs
  if (kept && ctx.now - kept.triedAt < pause) return { started: kept.picture !== null }
  makePreviews(ctx, file).catch((error: unknown) => {
    ctx.log.warn({ err: error, blob: file.content.blobId }, 'A preview was not made')
  })
  return { started: true }
}
