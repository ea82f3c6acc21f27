import { copyFromLink } from '../../core/links/copy-from-link.ts'
import { startLinkUpload } from '../../core/links/start-link-upload.ts'
import { partPlace } from '../../core/uploads/part-place.ts'
import type { Row } from '../operation.ts'
import { linkUploadTicket, partUrl, readUploadTicket, uploadAddresses } from './addresses.ts'
import { nodeAt } from './ids.ts'
import { jsonAnswer, op, raw } from './op.ts'

/** Tag `storage`: files that come in through links, and what is taken over from them. */
export const linkUploadRows: readonly Row[] = [
  raw('linksFileCreate', {
    auth: 'none',
    run: async (ctx, { params, body }, request) => {
      const name = bareName(body.path)
      const { token } = await startLinkUpload(ctx, {
        token: params.hash,
        password: body.password || undefined,
        name,
        size: body.size,
        md5: body.checksum || undefined,
        clientCreatedAt: body.created,
        clientModifiedAt: body.modified,
        direct: body.multipart,
        bringsKeys: false,
      })
      const { size, checksum, multipart } = body
      const ticket = linkUploadTicket(token, params.hash)
      return jsonAnswer(
        200,
        uploadAddresses(request, ticket, [name], 0, { size, checksum, multipart }),
      )
    },
  }),

  op('linksFileCreatePart', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      partPlace(ctx, {
        upload: { ...readUploadTicket(body.temp_path), link: params.hash },
        partNumber: body.part_num,
      }),
    reply: (_done, { body }, _ctx, request) => ({
      url: partUrl(request, body.temp_path, body.part_num),
      method: 'PUT' as const,
      parameters: {},
      headers: {},
    }),
  }),

  op('linksAddToStorage', {
    // It may come by GET.
    auth: 'token',
    run: (ctx, { params }) =>
      copyFromLink(ctx, {
        token: params.hash,
        password: params.password || undefined,
        target: nodeAt(ctx, params.target_path ?? '/'),
      }),
    reply: ({ token }) => ({ taskid: token }),
  }),
]

/** A slash before the name says nothing; there are no folders on the way. */
function bareName(path: string): string {
  return path.replace(/^\/+/, '')
}
