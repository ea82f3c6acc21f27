import type { OpenFile } from '../core/downloads/open-file.ts'
import { type Fault, fault } from '../core/fault.ts'
import { contentDisposition } from '../lib/http/content-disposition.ts'
import type { Answer, FaceRequest } from './operation.ts'
import { resolveRange } from './ranges.ts'

export type FileAnswerOptions = {
  /** Shown in the browser where the type is harmless; otherwise saved. */
  readonly inline?: boolean
  /** Say application/octet-stream whatever it is. */
  readonly genericType?: boolean
  readonly fileName?: string
}

/** Types that a browser may show without running anything that the uploader wrote. */
const harmless =
  /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/|video\/|text\/plain|application\/pdf)/

/**
 * The answer for a file's bytes: ETag, If-None-Match, Range and If-Range (RFC 9110), attachment
 * unless asked otherwise, and nothing a browser could run. Faults 'range' 'node' when the range
 * lies outside; `data.size` is the file's.
 */
export function fileAnswer(
  request: FaceRequest,
  file: OpenFile,
  options: FileAnswerOptions = {},
): Answer {
  const etag = `"${file.content.versionId}-${file.content.md5 ?? file.content.blobId}"`
  const type = options.genericType ? 'application/octet-stream' : file.content.mediaType
  const inline = options.inline === true && harmless.test(type)
  const headers = {
    'content-type': type,
    'content-disposition': contentDisposition(
      inline ? 'inline' : 'attachment',
      options.fileName ?? file.name,
    ),
    'accept-ranges': 'bytes',
    etag,
    'last-modified': new Date(file.modifiedAt).toUTCString(),
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  }
  if (matches(request.headers['if-none-match'], etag)) return { status: 304, headers }
  const range = wantedRange(request, etag, file.size)
  if (range === 'unsatisfiable') return fault('range', 'node', 'file', { size: file.size })
  if (!range) return { status: 200, headers, length: file.size, open: () => file.open() }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${file.size}` },
    length: range.end - range.start + 1,
    open: () => file.open(range),
  }
}

function wantedRange(request: FaceRequest, etag: string, size: number) {
  const condition = request.headers['if-range']
  if (condition !== undefined && condition !== etag) return undefined
  return resolveRange(request.headers.range, size)
}

/** Whether an If-None-Match (or If-Match) header names this entity tag; weak tags compare equal. */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.split(',').some((tag) => bare(tag) === bare(etag))
}

/** The Content-Range that goes with 416 (RFC 9110, 15.5.17). */
export function unsatisfiedRange(error: Fault): Record<string, string> {
  return error.code === 'range' && typeof error.data.size === 'number'
    ? { 'content-range': `bytes */${error.data.size}` }
    : {}
}
