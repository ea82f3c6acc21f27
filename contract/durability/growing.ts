/** The bytes of a file that is written anywhere and grows; holes are zeros. */
export type Growing = {
  write(at: number, bytes: Uint8Array): void
  resize(size: number): void
  /** A view of the present bytes; a later write may show in it. */
  bytes(): Buffer
}

export function growing(begin: Uint8Array = new Uint8Array(0)): Growing {
  let space = Buffer.from(begin)
  let size = begin.length
  const reserve = (wanted: number) => {
    if (wanted <= space.length) return
    const wider = Buffer.alloc(Math.max(wanted, space.length * 2, 4096))
    space.copy(wider, 0, 0, size)
    space = wider
  }
  return {
    write(at, bytes) {
      reserve(at + bytes.length)
      space.set(bytes, at)
      size = Math.max(size, at + bytes.length)
    },
    resize(wanted) {
      reserve(wanted)
      if (wanted < size) space.fill(0, wanted, size)
      size = wanted
    },
    bytes: () => space.subarray(0, size),
  }
}
