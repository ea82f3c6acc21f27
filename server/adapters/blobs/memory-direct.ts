import { createHash } from 'node:crypto'
import { blobError } from '../../core/blobs/blob-error.ts'
import type {
  BlobEntry,
  DirectTransfer,
  DirectUpload,
  UploadPart,
} from '../../core/blobs/blob-store.ts'
import { contentDisposition } from '../../lib/http/content-disposition.ts'
import { assertKey } from './intake.ts'

type Part = { bytes: Uint8Array; etag: string }
type Upload = { key: string; startedAt: number; parts: Map<number, Part> }
type Objects = {
  add: (key: string, bytes: Uint8Array) => void
  read: (key: string) => Uint8Array | undefined
  clock: () => number
}

/** The direct transfers of the store for tests. Its addresses have the scheme `memory:`. */
export function memoryDirect({ add, read, clock }: Objects) {
  const uploads = new Map<string, Upload>()
  const find = ({ key, reference }: DirectUpload): Upload => {
    assertKey(key)
    const upload = uploads.get(reference)
    if (upload?.key !== key) throw blobError('blob-missing', `${key} has no such upload`)
    return upload
  }
  const drop = (key: string) => {
    for (const [reference, upload] of uploads) if (upload.key === key) uploads.delete(reference)
  }

  const direct: DirectTransfer = {
    async begin(key) {
      assertKey(key)
      const reference = `upload-${uploads.size + 1}-${key}`
      uploads.set(reference, { key, startedAt: clock(), parts: new Map() })
      return reference
    },
    async partUrl({ key, reference, partNumber, size, ttlSeconds }) {
      assertKey(key)
      const until = clock() + ttlSeconds * 1000
      return address('part', { key, reference, partNumber, size, until })
    },
    async parts(input) {
      return [...find(input).parts]
        .map(([partNumber, { bytes, etag }]) => ({ partNumber, etag, size: bytes.byteLength }))
        .sort((a, b) => a.partNumber - b.partNumber)
    },
    async complete(input) {
      assertKey(input.key)
      const done = uploads.has(input.reference) ? undefined : read(input.key)
      if (done) return { size: done.byteLength }
      const bytes = Buffer.concat(wantedParts(find(input), input.parts))
      add(input.key, bytes)
      uploads.delete(input.reference)
      return { size: bytes.byteLength }
    },
    async abort({ key, reference }) {
      assertKey(key)
      uploads.delete(reference)
    },
    async downloadUrl({ key, ttlSeconds, fileName, contentType, disposition }) {
      assertKey(key)
      const until = clock() + ttlSeconds * 1000
      const header = contentDisposition(disposition, fileName)
      return address('object', { key, contentType, disposition: header, until })
    },
  }

  return {
    direct,
    drop,
    receive: (url: string, bytes: Uint8Array) => receivePart(valid(url, clock()), bytes, find),
    answer: (url: string) => answerObject(valid(url, clock()), read),
    *list(): Generator<BlobEntry> {
      for (const { key, startedAt } of uploads.values()) {
        yield { key, size: 0, modifiedAt: startedAt, unfinished: true }
      }
    },
  }
}

function wantedParts(upload: Upload, parts: UploadPart[]): Uint8Array[] {
  if (parts.length === 0) throw blobError('part-mismatch', 'An upload needs at least one part')
  const wanted = [...parts].sort((a, b) => a.partNumber - b.partNumber)
  return wanted.map(({ partNumber, etag }) => {
    const part = upload.parts.get(partNumber)
    if (part?.etag !== etag) throw blobError('part-mismatch', `Part ${partNumber} differs`)
    return part.bytes
  })
}

function receivePart(
  facts: URLSearchParams,
  bytes: Uint8Array,
  find: (upload: DirectUpload) => Upload,
): string {
  const size = facts.get('size')
  if (size !== null && Number(size) !== bytes.byteLength) {
    throw blobError('size-mismatch', `The part has ${bytes.byteLength} bytes, not ${size}`)
  }
  const upload = find({ key: facts.get('key') ?? '', reference: facts.get('reference') ?? '' })
  const etag = createHash('md5').update(bytes).digest('hex')
  upload.parts.set(Number(facts.get('partNumber')), { bytes: Buffer.from(bytes), etag })
  return etag
}

function answerObject(facts: URLSearchParams, read: Objects['read']) {
  const bytes = read(facts.get('key') ?? '')
  if (!bytes) throw blobError('blob-missing', 'There is no such object')
  const contentType = facts.get('contentType') ?? ''
  return { bytes, contentType, disposition: facts.get('disposition') ?? '' }
}

function address(kind: string, facts: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) query.set(name, String(value))
  }
  return `memory:${kind}?${query}`
}

function valid(url: string, now: number): URLSearchParams {
  const facts = new URL(url).searchParams
  if (Number(facts.get('until')) < now) throw blobError('blob-missing', 'The address has expired')
  return facts
}
