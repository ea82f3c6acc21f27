import { findDownload } from '../../core/downloads/find-download.ts'
import type { OnClash } from '../../core/nodes/node.ts'
import { completeUpload } from '../../core/uploads/complete-upload.ts'
import { partPlace } from '../../core/uploads/part-place.ts'
import { startUpload } from '../../core/uploads/start-upload.ts'
import type { Row } from '../operation.ts'
import { downloadUrl, partUrl, readUploadTicket, uploadAddresses } from './addresses.ts'
import { pathOfText, pathOfUrl, pathText } from './ids.ts'
import { jsonAnswer, op, raw } from './op.ts'
import { presentDownload } from './present-download.ts'
import { presentMeta } from './present-meta.ts'

/** Tag `storage`: bytes of files (params, section 4). */
export const fileRows: readonly Row[] = [
  raw('filesCreate', {
    auth: 'user',
    run: async (ctx, { body }, request) => {
      const path = pathOfText(ctx, body.path)
      const started = await startUpload(ctx, {
        path,
        createParents: body.create_dirs ?? true,
        size: body.size,
        md5: body.checksum || undefined,
        clientCreatedAt: body.created,
        clientModifiedAt: body.modified,
        onClash: clashRule(body.overwrite) ?? 'fail',
        expectVersion: body.version,
        mayDeduplicate: true,
        direct: body.multipart ? 'here' : undefined,
      })
      if (started.kind === 'stored') return jsonAnswer(201, presentMeta(started.view))
      const userId = started.upload.userId ?? 0
      return jsonAnswer(200, uploadAddresses(request, started.token, path, userId, body))
    },
  }),

  // The upload's token is the authority: clients come without a session. The path says nothing.
  op('filesConfirm', {
    auth: 'none',
    run: (ctx, { params }) =>
      completeUpload(ctx, {
        upload: { token: params.temp_name },
        joinParts: true,
        onClash: clashRule(params.overwrite),
        expect: { size: params.size, md5: params.checksum || undefined },
      }),
    reply: presentMeta,
  }),

  op('filesCreatePart', {
    auth: 'user',
    run: (ctx, { body }) =>
      partPlace(ctx, { upload: readUploadTicket(body.temp_path), partNumber: body.part_num }),
    reply: (_done, { body }, _ctx, request) => ({
      url: partUrl(request, body.temp_path, body.part_num),
      method: 'PUT' as const,
      parameters: {},
      headers: {},
    }),
  }),

  op('filesGet', {
    auth: 'user',
    run: (ctx, { params }) =>
      findDownload(ctx, {
        node: { path: pathOfUrl(ctx, params.path) },
        versionId: params.version,
        evenDeleted: params.deleted ?? true,
      }),
    reply: ({ node, rootPath, ticket }, { params }, _ctx, request) => {
      const kind = node.deletedAt === null ? 'file' : 'deleted'
      const url = downloadUrl(request, { kind, ticket }, params.for_view)
      return presentDownload(node, pathText(rootPath), url)
    },
  }),
]

/** Undefined where the client says nothing. */
function clashRule(overwrite: boolean | undefined): OnClash | undefined {
  if (overwrite === undefined) return undefined
  return overwrite ? 'overwrite' : 'fail'
}
