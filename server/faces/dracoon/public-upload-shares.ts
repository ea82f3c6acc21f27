import { publicUploadLink } from '../../core/links/public-upload-link.ts'
import { startLinkUpload } from '../../core/links/start-link-upload.ts'
import { cancelUpload } from '../../core/uploads/cancel-upload.ts'
import { completeDirectUpload } from '../../core/uploads/complete-direct-upload.ts'
import { completeUpload } from '../../core/uploads/complete-upload.ts'
import { partTickets } from '../../core/uploads/part-tickets.ts'
import type { UploadRef } from '../../core/uploads/upload.ts'
import { uploadStatus } from '../../core/uploads/upload-status.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { op } from './op.ts'
import { presentChunk, presentPartUrls } from './present-upload.ts'
import {
  presentBrought,
  presentPublicUploadShare,
  presentShareStatus,
} from './present-upload-share.ts'
import { base64OrPlain } from './read.ts'
import { readStrangerKeys } from './read-keys.ts'
import { readTimes } from './times.ts'
import { takeChunk } from './upload-chunk.ts'

/** Upload shares, for anybody who has the key. The id of an upload is a secret of its bringer. */
export const publicUploadSharesRows: Row[] = [
  op('requestPublicUploadShareInfo', {
    auth: 'none',
    run: (ctx, { params }, request) =>
      publicUploadLink(ctx, { token: params.access_key, password: sharePassword(request) }),
    reply: presentPublicUploadShare,
  }),

  op('createShareUploadChannel', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      startLinkUpload(ctx, {
        token: params.access_key,
        password: body.password,
        name: body.name,
        size: body.size,
        direct: body.directS3Upload,
        ...readTimes(body),
      }),
    reply: ({ token }, { params }, _ctx, request) => {
      const place = [params.access_key, token].map(encodeURIComponent).join('/')
      return { uploadId: token, uploadUrl: `${request.publicUrl}${base}/${place}` }
    },
  }),

  op('uploadFileAsMultipartPublic_1', {
    auth: 'none',
    run: (ctx, { params }, request) => takeChunk(ctx, uploadRef(params), request),
    reply: presentChunk,
    status: 201,
  }),

  op('completeFileUploadViaShare', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      completeUpload(ctx, { upload: uploadRef(params), keys: readStrangerKeys(body?.items) }),
    reply: presentBrought,
  }),

  op('cancelFileUploadViaShare', {
    auth: 'none',
    run: (ctx, { params }) => cancelUpload(ctx, { upload: uploadRef(params) }),
    reply: () => undefined,
  }),

  op('generatePresignedUrlsPublic', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      partTickets(ctx, {
        upload: uploadRef(params),
        first: body.firstPartNumber,
        last: body.lastPartNumber,
        size: body.size,
      }),
    reply: (tickets, _input, _ctx, request) => presentPartUrls(tickets, request.publicUrl),
  }),

  op('completeS3FileUploadViaShare', {
    auth: 'none',
    run: (ctx, { params, body }) => {
      const parts = body.parts.map((part) => ({ partNumber: part.partNumber, etag: part.partEtag }))
      const keys = readStrangerKeys(body.userFileKeyList)
      return completeDirectUpload(ctx, { upload: uploadRef(params), parts, keys })
    },
    reply: () => undefined,
  }),

  op('requestUploadStatusPublic', {
    auth: 'none',
    run: (ctx, { params }) => uploadStatus(ctx, { upload: uploadRef(params) }),
    reply: presentShareStatus,
  }),
]

const base = '/api/v4/public/shares/uploads'

function uploadRef(params: { readonly access_key: string; readonly upload_id: string }): UploadRef {
  return { token: params.upload_id, link: params.access_key }
}

/** In base64, and as it is, as older clients send it. */
function sharePassword({ headers }: FaceRequest): readonly string[] | undefined {
  const given = headers['x-sds-share-password']
  return typeof given === 'string' && given !== '' ? base64OrPlain(given) : undefined
}
