import { crc32 } from 'node:zlib'
import {
  centralRecord,
  descriptorRecord,
  endRecords,
  localRecord,
  type WrittenEntry,
  type ZipEntry,
} from './zip-records.ts'

/** Small pieces are sent together once there are so many bytes of them. */
const togetherBytes = 32 * 1024

/**
 * An archive of these entries as it is read: nothing is packed, ZIP64 where it is needed, names in
 * UTF-8, as many bytes as `zipLength` says. `open` is called for each entry with bytes when its
 * turn comes. Holds nothing but a sum and a place per entry. Throws when an entry has other than
 * the announced bytes, and what `open` or its source throws: the archive is then cut off.
 */
export async function* zipStream<E extends ZipEntry>(
  entries: readonly E[],
  open: (entry: E) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const together = collector()
  const offsets = new Float64Array(entries.length)
  const sums = new Uint32Array(entries.length)
  for (const [at, entry] of entries.entries()) {
    offsets[at] = together.total()
    yield* together.add(localRecord(entry))
    if (entry.size === 0) continue
    let read = 0
    let crc = 0
    for await (const chunk of await open(entry)) {
      read += chunk.byteLength
      if (read > entry.size) throw wrongSize(entry, read)
      crc = crc32(chunk, crc)
      yield* together.add(chunk)
    }
    if (read !== entry.size) throw wrongSize(entry, read)
    sums[at] = crc
    yield* together.add(descriptorRecord(written(entry, crc, offsets[at])))
  }
  const offset = together.total()
  for (const [at, entry] of entries.entries()) {
    yield* together.add(centralRecord(written(entry, sums[at]!, offsets[at]!)))
  }
  const size = together.total() - offset
  yield* together.add(endRecords({ entries: entries.length, offset, size }))
  yield* together.rest()
}

function written({ path, size, modifiedAt }: ZipEntry, crc: number, offset: number): WrittenEntry {
  return { path, size, modifiedAt, crc, offset }
}

function wrongSize({ path, size }: ZipEntry, read: number): Error {
  return new Error(`an entry of an archive has ${read} bytes or more, not ${size}: ${path}`)
}

/** Passes large chunks on as they are and puts small ones together. */
function collector() {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let total = 0
  function* rest(): Generator<Uint8Array, void, undefined> {
    if (heldBytes === 0) return
    const whole = held.length === 1 ? held[0]! : Buffer.concat(held, heldBytes)
    held = []
    heldBytes = 0
    yield whole
  }
  function* add(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    if (chunk.byteLength === 0) return
    total += chunk.byteLength
    if (chunk.byteLength >= togetherBytes) {
      yield* rest()
      yield chunk
      return
    }
    held.push(chunk)
    heldBytes += chunk.byteLength
    if (heldBytes >= togetherBytes) yield* rest()
  }
  return { add, rest, total: () => total }
}
