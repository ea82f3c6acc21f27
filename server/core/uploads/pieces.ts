import type { Segment } from '../blobs/blob-row-store.ts'
import { endFlight, type Flight, landFlight } from '../blobs/keys-in-flight.ts'
import { receive } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { UploadPart } from './upload.ts'

/** The bytes of a whole file, ready to be committed. */
export type Pieces =
  | { readonly kind: 'few'; readonly size: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'many'
      readonly size: number
      readonly segments: readonly Segment[]
      /** Objects that were written just now and that no row refers to yet. */
      readonly flights: readonly Flight[]
    }

/**
 * Puts parts together without copying objects: rows alone make few bytes; where there are objects
 * too, what lies in rows becomes objects. The caller calls `releasePieces` in the end.
 */
export async function piecesOf(ctx: Ctx, parts: readonly UploadPart[]): Promise<Pieces> {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  if (parts.every(({ bytes }) => bytes !== null) && size <= mostInRow(ctx)) {
    const bytes = parts.length === 1 ? parts[0]!.bytes! : Buffer.concat(parts.map((p) => p.bytes!))
    return { kind: 'few', size, bytes }
  }
  const segments: Segment[] = []
  const flights: Flight[] = []
  try {
    for (const part of parts) segments.push(await segmentOf(ctx, part, flights))
  } catch (error) {
    for (const flight of flights) endFlight(ctx, flight)
    throw error
  }
  return { kind: 'many', size, segments, flights }
}

/** Rows that were few when they came stay few, even if the limit is lower now. */
function mostInRow(ctx: Ctx): number {
  return Math.max(ctx.limits.smallFileBytes, 1024 * 1024)
}

async function segmentOf(ctx: Ctx, part: UploadPart, flights: Flight[]): Promise<Segment> {
  const { key, size, bytes } = part
  if (key !== null) return { key, size }
  const options = { keepBytes: -1, maxBytes: size, hashings: [] }
  const stored = await receive(ctx, once(bytes ?? new Uint8Array(0)), options)
  if (stored.kind === 'few') throw new Error('An empty part is no piece of a file')
  flights.push(stored.flight)
  return { key: stored.flight.key, size }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes
}

/** In the transaction that refers to the pieces. */
export async function landPieces(ctx: Ctx, tx: Tx, pieces: Pieces): Promise<void> {
  if (pieces.kind === 'few') return
  for (const flight of pieces.flights) await landFlight(ctx, tx, flight)
}

export function releasePieces(ctx: Ctx, pieces: Pieces): void {
  if (pieces.kind === 'few') return
  for (const flight of pieces.flights) endFlight(ctx, flight)
}
