/** Digests in lower-case hex. */
export type Hashes = { md5: string; sha256: string }

/**
 * The hashes of one stream. `update` copies: once it has returned, or its promise is resolved, the
 * chunk is the caller's again. When it answers a promise, the caller waits for it before the next
 * call (back-pressure). After `digest` or `abandon` nothing more is taken.
 */
export type Hashing = {
  update(chunk: Uint8Array): void | Promise<void>
  digest(): Promise<Hashes>
  /** The hashes of what has come so far; more may come after it is resolved. */
  soFar(): Promise<Hashes>
  /** Frees what the stream holds; harmless at any time. */
  abandon(): void
}

export type Hasher = {
  begin(): Hashing
  close(): Promise<void>
}

/** Yields what the source yields, after each chunk has gone through the hashing. */
export async function* hashedSource(
  source: AsyncIterable<Uint8Array>,
  hashing: Hashing,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    const wait = hashing.update(chunk)
    if (wait) await wait
    yield chunk
  }
}
