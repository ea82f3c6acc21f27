import type { OpenArchive } from '../core/downloads/open-archive.ts'
import { contentDisposition } from '../lib/http/content-disposition.ts'
import type { Answer } from './operation.ts'

/** The answer for an archive: whole, from the first byte to the last, with its length. */
export function archiveAnswer(archive: OpenArchive, fileName = archive.name): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/zip',
      'content-disposition': contentDisposition('attachment', fileName),
      'accept-ranges': 'none',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    },
    length: archive.size,
    open: archive.open,
  }
}
