import { createHash, hash } from 'node:crypto'
import type { Hasher, Hashes, Hashing } from '../../core/blobs/hasher.ts'

/** The hashes of bytes at hand, computed in place (1 MiB: about 2.5 ms). */
export function hashesOf(bytes: Uint8Array): Hashes {
  return { md5: hash('md5', bytes, 'hex'), sha256: hash('sha256', bytes, 'hex') }
}

/** Hashes everything on the event loop: for tests and command line tools, not for a server. */
export function inlineHasher(): Hasher {
  return { begin: beginInline, async close() {} }
}

function beginInline(): Hashing {
  const md5 = createHash('md5')
  const sha256 = createHash('sha256')
  let isOver = false
  return {
    update(chunk) {
      if (isOver) throw new Error('The hashing is over')
      md5.update(chunk)
      sha256.update(chunk)
    },
    async digest() {
      if (isOver) throw new Error('The hashing is over')
      isOver = true
      return { md5: md5.digest('hex'), sha256: sha256.digest('hex') }
    },
    async soFar() {
      if (isOver) throw new Error('The hashing is over')
      return { md5: md5.copy().digest('hex'), sha256: sha256.copy().digest('hex') }
    },
    abandon() {
      isOver = true
    },
  }
}
