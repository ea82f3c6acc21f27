const FIRST_BYTES = 16 * 1024

export type Gather = {
  /** Copies as much of the chunk as there is room for and answers how many bytes that was. */
  add(chunk: Uint8Array): number
  length(): number
  /** A view of what was gathered; valid until the next `add`. */
  bytes(): Uint8Array
}

/**
 * Collects chunks of any size in one buffer of at most `limit` bytes that starts at `first` bytes
 * and doubles, so that a short stream takes little memory and tiny chunks cost no object each.
 */
export function gather(limit: number, first: number = FIRST_BYTES): Gather {
  let buffer = Buffer.allocUnsafeSlow(0)
  let length = 0
  const grow = (wanted: number) => {
    const size = Math.min(limit, Math.max(wanted, first, buffer.byteLength * 2))
    const larger = Buffer.allocUnsafeSlow(size)
    larger.set(buffer.subarray(0, length))
    buffer = larger
  }
  return {
    add(chunk) {
      const taken = Math.min(chunk.byteLength, limit - length)
      if (length + taken > buffer.byteLength) grow(length + taken)
      buffer.set(taken === chunk.byteLength ? chunk : chunk.subarray(0, taken), length)
      length += taken
      return taken
    },
    length: () => length,
    bytes: () => buffer.subarray(0, length),
  }
}
