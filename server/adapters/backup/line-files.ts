import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { writeFlushed } from '../blobs/write-file.ts'
import { refuse } from './backup-error.ts'

/** A file as the manifest knows it. */
export type FileFacts = { readonly size: number; readonly sha256: string }

/** What every such file's name ends with. */
export const linesEnding = '.ndjson.zst'

/** Least work: bytes of files are often compressed already. */
const params = { [constants.ZSTD_c_compressionLevel]: 1 }

/** Short lines are compressed together: each piece is a task of its own for another thread. */
const pieceCharacters = 256 * 1024

/** Writes lines, each a JSON value, to a new file, compressed with Zstandard and flushed. */
export async function writeLines(path: string, lines: AsyncIterable<unknown>): Promise<FileFacts> {
  const hash = createHash('sha256')
  let size = 0
  async function* texts() {
    let piece = ''
    for await (const line of lines) {
      piece += `${JSON.stringify(line)}\n`
      if (piece.length < pieceCharacters) continue
      yield piece
      piece = ''
    }
    yield piece
  }
  async function* hashed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
  }
  const file = await open(path, 'wx', 0o600)
  try {
    await pipeline(texts, createZstdCompress({ params }), (compressed) =>
      writeFlushed(file, hashed(compressed)),
    )
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** The lines of such a file. Check the file first: damage ends this with any error. */
export async function* readLines(path: string): AsyncGenerator<unknown, void, undefined> {
  const compressed = createReadStream(path)
  const plain = compressed.pipe(createZstdDecompress())
  compressed.on('error', (error) => plain.destroy(error))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for await (const chunk of plain) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line)
    }
  } finally {
    compressed.destroy()
    plain.destroy()
  }
  if (rest !== '') refuse(`${path} ends in the middle of a line`)
}

/** Length and SHA-256 of a file. */
export async function factsOf(path: string): Promise<FileFacts> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer)
    size += (chunk as Buffer).byteLength
  }
  return { size, sha256: hash.digest('hex') }
}

/** Refuses a file that is missing, or whose length or SHA-256 is not the one expected. */
export async function verifyFile(path: string, expected: FileFacts): Promise<void> {
  let found: FileFacts
  try {
    found = await factsOf(path)
  } catch (error) {
    return refuse(`${path} cannot be read: ${(error as Error).message}`)
  }
  if (found.size !== expected.size) {
    refuse(`${path} is damaged: it has ${found.size} bytes instead of ${expected.size}`)
  }
  if (found.sha256 !== expected.sha256) {
    refuse(`${path} is damaged: its content is not what was written`)
  }
}
