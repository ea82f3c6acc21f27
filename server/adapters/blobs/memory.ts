import { Readable } from 'node:stream'
import { blobError } from '../../core/blobs/blob-error.ts'
import type { BlobFacts, BlobStore } from '../../core/blobs/blob-store.ts'
import { assertKey, intake } from './intake.ts'
import { memoryDirect } from './memory-direct.ts'

export type MemoryOptions = {
  /** Offers `direct` with addresses that only `receive` and `answer` understand. */
  direct?: boolean
  clock?: () => number
}

export type MemoryBlobs = BlobStore & {
  /** What an HTTP PUT to a part address would do; answers the etag. */
  receive(url: string, bytes: Uint8Array): string
  /** What an HTTP GET of a download address would do. */
  answer(url: string): { bytes: Uint8Array; contentType: string; disposition: string }
}

/** A store for tests: objects in memory, the same contract as the real ones. */
export function memoryBlobs({ direct = false, clock = Date.now }: MemoryOptions = {}): MemoryBlobs {
  const objects = new Map<string, BlobFacts & { bytes: Uint8Array }>()
  const busy = new Map<string, number>()
  const add = (key: string, bytes: Uint8Array) => {
    objects.set(key, { bytes, size: bytes.byteLength, modifiedAt: clock() })
  }
  const uploads = memoryDirect({ add, read: (key) => objects.get(key)?.bytes, clock })

  return {
    async put(key, source, options) {
      assertKey(key)
      options?.signal?.throwIfAborted()
      if (objects.has(key) || busy.has(key)) throw blobError('key-taken', `${key} exists`)
      busy.set(key, clock())
      try {
        const chunks: Uint8Array[] = []
        for await (const chunk of intake(source, options)) chunks.push(chunk)
        add(key, Buffer.concat(chunks))
        return { size: objects.get(key)!.size }
      } finally {
        busy.delete(key)
      }
    },

    async open(key, range) {
      assertKey(key)
      const object = objects.get(key)
      if (!object) throw blobError('blob-missing', `${key} is missing`)
      if (!range) return Readable.from([object.bytes])
      const { start, end } = range
      if (start < 0 || end < start || start >= object.size) {
        throw blobError('bad-range', `${start}-${end} is outside of ${object.size} bytes`)
      }
      return Readable.from([object.bytes.subarray(start, end + 1)])
    },

    async stat(key) {
      assertKey(key)
      const object = objects.get(key)
      return object && { size: object.size, modifiedAt: object.modifiedAt }
    },

    async remove(key) {
      assertKey(key)
      objects.delete(key)
      uploads.drop(key)
    },

    async *list() {
      yield* uploads.list()
      for (const [key, modifiedAt] of busy) yield { key, size: 0, modifiedAt, unfinished: true }
      for (const [key, { size, modifiedAt }] of objects) {
        yield { key, size, modifiedAt, unfinished: false }
      }
    },

    async check() {},
    async close() {},
    receive: uploads.receive,
    answer: uploads.answer,
    ...(direct ? { direct: uploads.direct } : {}),
  }
}
