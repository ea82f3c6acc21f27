import type { FileHandle } from 'node:fs/promises'

const WRITE_BYTES = 1024 * 1024
const WRITE_CHUNKS = 1024
const FLUSH_BYTES = 64 * 1024 * 1024

/**
 * Writes the chunks to an open file and flushes it; answers the number of bytes. One write of about
 * 1 MiB runs while the next is gathered, without copies, so memory stays at about 2 MiB and the
 * source waits for the disk. Long files are flushed as they grow, so that the last flush is short.
 */
export async function writeFlushed(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  let size = 0
  let unflushed = 0
  let batch: Uint8Array[] = []
  let bytes = 0
  let write: Promise<void> = Promise.resolve()
  let flush: Promise<void> = Promise.resolve()

  const startWrite = async () => {
    await write
    write = writeAll(file, batch)
    write.catch(() => {})
    batch = []
    bytes = 0
    if (unflushed < FLUSH_BYTES) return
    unflushed = 0
    await flush
    flush = file.datasync()
    flush.catch(() => {})
  }

  try {
    for await (const chunk of chunks) {
      batch.push(chunk)
      bytes += chunk.byteLength
      size += chunk.byteLength
      unflushed += chunk.byteLength
      if (bytes >= WRITE_BYTES || batch.length >= WRITE_CHUNKS) await startWrite()
    }
    if (batch.length > 0) await startWrite()
  } finally {
    // The file is closed next: nothing may still run on it. A failure here is the put's failure.
    await Promise.all([write, flush])
  }
  await file.datasync()
  return size
}

/** A short write is not an error to the system: the rest is tried again and then fails by name. */
async function writeAll(file: FileHandle, chunks: Uint8Array[]): Promise<void> {
  let rest = chunks
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest)
    rest = after(rest, bytesWritten)
  }
}

function after(chunks: Uint8Array[], written: number): Uint8Array[] {
  let skip = written
  let first = 0
  while (first < chunks.length && skip >= chunks[first]!.byteLength) {
    skip -= chunks[first]!.byteLength
    first += 1
  }
  if (skip === 0) return chunks.slice(first)
  return [chunks[first]!.subarray(skip), ...chunks.slice(first + 1)]
}
