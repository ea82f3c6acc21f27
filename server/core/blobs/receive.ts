import { gather } from '../../lib/bytes/gather.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isBlobError } from './blob-error.ts'
import type { Hashing } from './hasher.ts'
import { endFlight, type Flight, startFlight, tended } from './keys-in-flight.ts'

/** Bytes that have arrived: few, at hand; or many, flushed in the byte store under a new key. */
export type Received =
  | { readonly kind: 'few'; readonly size: number; readonly bytes: Uint8Array }
  | { readonly kind: 'many'; readonly size: number; readonly flight: Flight }

export type Receive = {
  /** Up to so many bytes are kept at hand; more go to the byte store. */
  readonly keepBytes: number
  /** More is 'too-large' 'body'. */
  readonly maxBytes: number
  /** Any other count is 'checksum-mismatch' 'body'; absent: not known. */
  readonly size?: number | null
  /** What is left of an announced size: more is 'checksum-mismatch' 'body'. */
  readonly room?: number | null
  /** See every byte in order, but none of what comes before. */
  readonly hashings: readonly Hashing[]
  /** Called once before anything goes to the byte store: the last moment to refuse. */
  readonly beforeMany?: () => Promise<void>
  /** What the object begins with, before the source's own bytes. */
  readonly before?: () => Promise<AsyncIterable<Uint8Array>>
}

/**
 * Takes a stream in. Memory is bounded by `keepBytes` and what the byte store and the hashings hold
 * at once. What a broken stream leaves in the byte store belongs to the sweep. The caller ends the
 * flight of many bytes (`endFlight`) once the row that refers to the key is committed, or not.
 */
export async function receive(
  ctx: Ctx,
  source: AsyncIterable<Uint8Array>,
  options: Receive,
): Promise<Received> {
  const iterator = measured(source, options)[Symbol.asyncIterator]()
  try {
    const head = await takeHead(iterator, options.keepBytes)
    if (head.rest === null) {
      for (const hashing of options.hashings) await hashing.update(head.bytes)
      return { kind: 'few', size: head.bytes.byteLength, bytes: head.bytes }
    }
    await options.beforeMany?.()
    return await stream(ctx, [head.bytes, head.rest], iterator, options)
  } finally {
    await iterator.return?.()
  }
}

async function stream(
  ctx: Ctx,
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  options: Receive,
): Promise<Received> {
  const before = await options.before?.()
  const flight = startFlight(ctx)
  let size = 0
  async function* own() {
    for (const chunk of head) if (chunk.byteLength > 0) yield chunk
    for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value
  }
  async function* all() {
    if (before) yield* before
    for await (const chunk of own()) {
      for (const hashing of options.hashings) await hashing.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
  }
  try {
    await ctx.blobs.put(flight.key, tended(ctx, flight, all()))
    return { kind: 'many', size, flight }
  } catch (error) {
    endFlight(ctx, flight)
    if (isBlobError(error, 'storage-full')) fault('storage-full', 'upload')
    throw error
  }
}

/** Counts what comes against the limit and the announced size. */
async function* measured(
  source: AsyncIterable<Uint8Array>,
  { maxBytes, size = null, room = null }: Receive,
): AsyncGenerator<Uint8Array, void, undefined> {
  const announced = Math.min(size ?? Number.POSITIVE_INFINITY, room ?? Number.POSITIVE_INFINITY)
  let total = 0
  for await (const chunk of source) {
    total += chunk.byteLength
    if (total > maxBytes) fault('too-large', 'body', undefined, { limit: maxBytes })
    if (total > announced) fault('checksum-mismatch', 'body', undefined, { announced })
    yield chunk
  }
  if (size !== null && total !== size) {
    fault('checksum-mismatch', 'body', undefined, { announced: size, received: total })
  }
}

/** The first bytes, and the chunk that was too much; null: the source has ended before. */
async function takeHead(
  iterator: AsyncIterator<Uint8Array>,
  keepBytes: number,
): Promise<{ bytes: Uint8Array; rest: Uint8Array | null }> {
  let only: Uint8Array = new Uint8Array(0)
  let many: ReturnType<typeof gather> | undefined
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
    const chunk = step.value
    const length = many?.length() ?? only.byteLength
    if (length + chunk.byteLength > keepBytes) {
      return { bytes: many?.bytes() ?? only, rest: chunk }
    }
    if (chunk.byteLength === 0) continue
    if (length === 0) {
      only = chunk
      continue
    }
    if (!many) {
      many = gather(keepBytes)
      many.add(only)
    }
    many.add(chunk)
  }
  return { bytes: many?.bytes() ?? only, rest: null }
}
