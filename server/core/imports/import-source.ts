/** How another installation calls one of its nodes: opaque texts. */
export type SourceRef = { readonly room: string; readonly node: string }

/** A file or folder there, as it is told: nothing of it is checked or trusted. */
export type SourceEntry = {
  readonly ref: SourceRef
  readonly kind: 'folder' | 'file'
  readonly name: string
  /** Bytes; null where they are not told. */
  readonly size: number | null
  /** 32 hex digits in lower case; null where they are not told. */
  readonly md5: string | null
  /** Milliseconds; null where it is not told. */
  readonly modifiedAt: number | null
}

export type SourcePage = { readonly entries: readonly SourceEntry[]; readonly isLast: boolean }

/** What lies in a folder at any depth; null where it is not told. */
export type SourceTotals = { readonly files: number | null; readonly bytes: number | null }

/**
 * Another installation, opened with a token that it gave out. All of it faults with subject
 * 'import': 'unavailable' where it does not answer (data.rule), which passes; 'wrong-credentials'
 * where it does not know the token; 'forbidden' with data.rule 'address' where its name leads to an
 * address that may not be called; 'forbidden' without and 'not-found' for the one node; 'invalid'
 * (data.rule) for answers that cannot be read.
 */
export type ImportSource = {
  describe(ref: SourceRef): Promise<SourceEntry>
  totals(ref: SourceRef): Promise<SourceTotals>
  /** A page of a folder, counted from 1; the pages have an order that lasts. */
  list(ref: SourceRef, page: number): Promise<SourcePage>
  /** `length` bytes of a file from `offset` on, or fewer where it ends before. */
  open(ref: SourceRef, offset: number, length: number): AsyncIterable<Uint8Array>
  close(): void
}

export type ImportSources = {
  /** Nothing is called yet. Faults 'invalid' and 'forbidden' 'import' for the address itself. */
  connect(access: { readonly url: string; readonly token: string }): ImportSource
  /** Breaks off what is under way, which faults 'unavailable', and begins nothing any more. */
  stop(): void
}
