import type { Ctx } from '../../core/ctx.ts'
import { openTicket } from '../../core/downloads/download-tickets.ts'
import type { OpenFile } from '../../core/downloads/open-file.ts'
import { fault } from '../../core/fault.ts'
import { readLinkArchive } from '../../core/links/read-link-archive.ts'
import { readLinkFile } from '../../core/links/read-link-file.ts'
import { readInvited } from '../../core/shares/read-invited.ts'
import { openDeleted } from '../../core/trash/deleted-tickets.ts'
import { completeUpload } from '../../core/uploads/complete-upload.ts'
import { type WrittenChunk, writeChunk } from '../../core/uploads/write-chunk.ts'
import { writePart } from '../../core/uploads/write-part.ts'
import { archiveAnswer } from '../archive-answer.ts'
import { bodyBytes, mediaTypeOf, readMultipart } from '../body.ts'
import { fileAnswer } from '../file-answer.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { type DownloadKey, isThroughLink, readDownloadKey, readUploadTicket } from './addresses.ts'
import { listingAnswer } from './full-listing.ts'
import { jsonAnswer, op, raw } from './op.ts'
import { presentBrought } from './present-link.ts'

/** Tag `transfers`: addresses that clients take from answers; the ticket is the authority. */
export const transferRows: readonly Row[] = [
  raw('transferUpload', {
    auth: 'none',
    run: async (ctx, { params }, request) => {
      const { size, md5 } = await store(ctx, request, params.ticket)
      return jsonAnswer(200, { size, checksum: md5 })
    },
  }),

  raw('transferUploadPart', {
    auth: 'none',
    run: async (ctx, { params }, request) => {
      const upload = readUploadTicket(params.ticket)
      const write = (source: AsyncIterable<Uint8Array>) =>
        writePart(ctx, { upload, partNumber: params.part, source })
      const { size, etag } = await storeBytes(request, write)
      return jsonAnswer(200, { size, checksum: etag })
    },
  }),

  op('transferConfirm', {
    auth: 'none',
    run: (ctx, { params }) => {
      if (!isThroughLink(params.ticket)) fault('not-found', 'upload')
      return completeUpload(ctx, { upload: readUploadTicket(params.ticket), joinParts: true })
    },
    reply: presentBrought,
  }),

  raw('transferDownload', {
    auth: 'none',
    run: async (ctx, { params }, request) => {
      const key = readDownloadKey(params.ticket)
      if (key.kind === 'pack') return archiveAnswer(await readLinkArchive(ctx, key))
      if (key.kind === 'listing') return listingAnswer(ctx, key.ticket)
      const file = await openDownload(ctx, key)
      return fileAnswer(request, file, { inline: params.view })
    },
  }),
]

/** The whole file; sent again it starts anew. */
function store(ctx: Ctx, request: FaceRequest, token: string): Promise<WrittenChunk> {
  const upload = readUploadTicket(token)
  return storeBytes(request, (source) => writeChunk(ctx, { upload, source, start: 0 }))
}

/** A form with one file in it, or bare bytes. */
async function storeBytes<T>(
  request: FaceRequest,
  write: (source: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  if (mediaTypeOf(request) !== 'multipart/form-data') return write(bodyBytes(request))
  const { result } = await readMultipart(request, (file) => write(file.stream))
  return result ?? fault('invalid', 'body', undefined, { rule: 'no-file' })
}

type FileKey = Exclude<DownloadKey, { kind: 'pack' | 'listing' }>

function openDownload(ctx: Ctx, key: FileKey): Promise<OpenFile> {
  if (key.kind === 'link') return readLinkFile(ctx, key)
  if (key.kind === 'share') return readInvited(ctx, { token: key.ticket, path: key.path })
  return key.kind === 'file' ? openTicket(ctx, key) : openDeleted(ctx, key)
}
