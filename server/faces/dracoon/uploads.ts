import { cancelUpload } from '../../core/uploads/cancel-upload.ts'
import { completeDirectUpload } from '../../core/uploads/complete-direct-upload.ts'
import { completeUpload } from '../../core/uploads/complete-upload.ts'
import { partTickets } from '../../core/uploads/part-tickets.ts'
import { startUpload } from '../../core/uploads/start-upload.ts'
import { uploadStatus } from '../../core/uploads/upload-status.ts'
import type { Row } from '../operation.ts'
import { readConflict } from './conflict.ts'
import { readExpiration } from './expiration.ts'
import type { CompleteUploadRequest } from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentNode } from './present-node.ts'
import { presentChannel, presentChunk, presentPartUrls, presentStatus } from './present-upload.ts'
import { readUploadKeys } from './read-keys.ts'
import { readTimes } from './times.ts'
import { takeChunk } from './upload-chunk.ts'

/** Files on their way in: by chunks (id or token), or by parts at addresses of their own. */
export const uploadsRows: Row[] = [
  op('createFileUploadChannel', {
    auth: 'user',
    run: (ctx, { body }) =>
      startUpload(ctx, {
        parent: nodeRef(body.parentId),
        name: body.name,
        size: body.size,
        notes: body.notes,
        classification: body.classification,
        expireAt: readExpiration(body.expiration),
        direct: body.directS3Upload,
        bringsKeys: true,
        ...readTimes(body),
      }),
    reply: (started, _input, _ctx, request) => presentChannel(started, request.publicUrl),
  }),

  op('uploadFileAsMultipart', {
    auth: 'user',
    run: (ctx, { params }, request) => takeChunk(ctx, uploadRef(params.upload_id), request),
    reply: presentChunk,
  }),

  op('uploadFileByTokenAsMultipart_1', {
    auth: 'none',
    run: (ctx, { params }, request) => takeChunk(ctx, params, request),
    reply: presentChunk,
    status: 201,
  }),

  op('completeFileUpload', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      completeUpload(ctx, { upload: uploadRef(params.upload_id), ...readCompletion(body) }),
    reply: presentNode,
    status: 201,
  }),

  op('completeFileUploadByToken', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      completeUpload(ctx, { upload: params, ...readCompletion(body) }),
    reply: presentNode,
    status: 201,
  }),

  op('cancelFileUpload', {
    auth: 'user',
    run: (ctx, { params }) => cancelUpload(ctx, { upload: uploadRef(params.upload_id) }),
    reply: () => undefined,
  }),

  op('cancelFileUploadByToken', {
    auth: 'none',
    run: (ctx, { params }) => cancelUpload(ctx, { upload: params }),
    reply: () => undefined,
  }),

  op('generatePresignedUrlsFiles', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      partTickets(ctx, {
        upload: uploadRef(params.upload_id),
        first: body.firstPartNumber,
        last: body.lastPartNumber,
        size: body.size,
      }),
    reply: (tickets, _input, _ctx, request) => presentPartUrls(tickets, request.publicUrl),
  }),

  op('completeS3FileUpload', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      completeDirectUpload(ctx, {
        upload: uploadRef(params.upload_id),
        parts: body.parts.map((part) => ({
          partNumber: part.partNumber,
          etag: part.partEtag,
        })),
        ...readCompletion(body),
      }),
    reply: () => undefined,
  }),

  op('requestUploadStatusFiles', {
    auth: 'user',
    run: (ctx, { params }) => uploadStatus(ctx, { upload: uploadRef(params.upload_id) }),
    reply: presentStatus,
  }),
]

/** An id as the wire has it; what is no number finds nothing. */
function uploadRef(id: string): { readonly id: number } {
  return { id: /^\d{1,16}$/.test(id) ? Number(id) : Number.NaN }
}

type Completion = Pick<
  CompleteUploadRequest,
  'fileName' | 'resolutionStrategy' | 'keepShareLinks' | 'fileKey' | 'userFileKeyList'
>

function readCompletion(body: Completion | undefined) {
  return { name: body?.fileName, keys: readUploadKeys(body), ...readConflict(body) }
}
