import type { Ctx } from '../../core/ctx.ts'
import type { UploadRef } from '../../core/uploads/upload.ts'
import { type WrittenChunk, writeChunk } from '../../core/uploads/write-chunk.ts'
import { bodyBytes, mediaTypeOf, readMultipart } from '../body.ts'
import type { FaceRequest } from '../operation.ts'
import { chunkStart } from './read.ts'
import { refuseInput } from './refuse.ts'

/**
 * Takes a chunk in: the first file of a multipart body, or a body of any other type as it is
 * (dossier 7.1).
 */
export async function takeChunk(
  ctx: Ctx,
  upload: UploadRef,
  request: FaceRequest,
): Promise<WrittenChunk> {
  const start = chunkStart(request.headers['content-range'])
  if (start === 'malformed') {
    return refuseInput('header.content-range', 'content-range', 'bytes START-END/TOTAL is needed')
  }
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    return writeChunk(ctx, { upload, start, source: bodyBytes(request) })
  }
  const { result } = await readMultipart(request, ({ stream }) =>
    writeChunk(ctx, { upload, start, source: stream }),
  )
  return result ?? refuseInput('body.file', 'required', 'a part with a file is missing')
}
