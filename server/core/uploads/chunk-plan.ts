import { openSegments } from '../blobs/open-segments.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Upload, UploadPart } from './upload.ts'

/**
 * What a chunk does to the parts of an upload. Either all of them lie in rows, and together they
 * are few bytes; or all are objects of the byte store, because the first that would be too many
 * takes what lay in rows along.
 */
export type ChunkPlan = {
  readonly upload: Upload
  readonly start: number
  /** So many bytes of this chunk may become a row; 0 where parts are objects. */
  readonly keepBytes: number
  /** The part that few bytes become, with what it begins with before the chunk's own. */
  readonly row: Place & { readonly before: Uint8Array }
  /** The part that many bytes become. */
  readonly object: Place & {
    readonly beforeSize: number
    before(): Promise<AsyncIterable<Uint8Array>>
  }
  /** Objects of the parts that go. */
  readonly dropped: readonly string[]
}

/** Parts at this position and after it go. */
type Place = { readonly position: number; readonly offset: number }

const nothing = new Uint8Array(0)

/**
 * Where a chunk goes that begins at `from` (absent: at the end). Faults 'range' 'upload' with
 * data.stored when it begins beyond the end.
 */
export async function planChunk(
  ctx: Ctx,
  upload: Upload,
  from: number | undefined,
): Promise<ChunkPlan> {
  const { received: stored, partCount } = upload
  const { smallFileBytes } = ctx.limits
  const start = from ?? stored
  if (!Number.isSafeInteger(start) || start < 0 || start > stored) {
    fault('range', 'upload', undefined, { stored })
  }
  if (partCount > 0 && start === stored && stored > smallFileBytes) {
    return appended(upload, { keepBytes: 0, before: null })
  }
  const parts = partCount > 0 ? await ctx.read((tx) => tx.uploads.parts(upload.id)) : []
  const isInRows = start === 0 || parts.every(({ bytes }) => bytes !== null)
  if (isInRows) return planRows(upload, parts, start, Math.max(0, smallFileBytes - start))
  return start === stored
    ? appended(upload, { keepBytes: 0, before: null })
    : planCut(ctx, upload, parts, start)
}

function planRows(
  upload: Upload,
  parts: readonly UploadPart[],
  start: number,
  keepBytes: number,
): ChunkPlan {
  const dropped = parts.flatMap(({ key }) => (key === null ? [] : [key]))
  const rows = parts.map(({ bytes }) => bytes ?? nothing)
  const before = start === 0 ? nothing : Buffer.concat(rows).subarray(0, start)
  if (start === upload.received) return appended(upload, { keepBytes, before })
  const place = { position: 0, offset: 0 }
  return {
    upload,
    start,
    keepBytes,
    row: { ...place, before },
    object: { ...place, beforeSize: start, before: async () => oneChunk(before) },
    dropped,
  }
}

/** After everything. `before`: all bytes so far, where they lie in rows. */
function appended(
  upload: Upload,
  { keepBytes, before }: { keepBytes: number; before: Uint8Array | null },
): ChunkPlan {
  const start = upload.received
  const end = { position: upload.partCount, offset: start }
  const object =
    before === null || before.byteLength === 0
      ? { ...end, beforeSize: 0, before: async () => oneChunk(nothing) }
      : { position: 0, offset: 0, beforeSize: start, before: async () => oneChunk(before) }
  return { upload, start, keepBytes, row: { ...end, before: nothing }, object, dropped: [] }
}

/** Inside what objects hold: the part in which the chunk begins keeps its head. */
function planCut(ctx: Ctx, upload: Upload, parts: readonly UploadPart[], start: number): ChunkPlan {
  const cut = parts.find(({ offset, size }) => offset + size > start)
  if (!cut) return fault('range', 'upload', undefined, { stored: upload.received })
  const { position, offset } = cut
  const beforeSize = start - offset
  return {
    upload,
    start,
    keepBytes: 0,
    row: { position, offset, before: nothing },
    object: { position, offset, beforeSize, before: async () => headOf(ctx, cut, beforeSize) },
    dropped: parts.flatMap((part) =>
      part.position >= position && part.key !== null ? [part.key] : [],
    ),
  }
}

function headOf(ctx: Ctx, part: UploadPart, length: number): AsyncIterable<Uint8Array> {
  if (length === 0) return oneChunk(nothing)
  if (part.key === null) return oneChunk((part.bytes ?? nothing).subarray(0, length))
  const range = { start: 0, end: length - 1 }
  return openSegments(ctx.blobs, [{ key: part.key, size: part.size }], range)
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.byteLength > 0) yield bytes
}
