import type { Ctx } from '../../core/ctx.ts'
import { downloadNodes } from '../../core/downloads/download-nodes.ts'
import { dropOrder } from '../../core/downloads/drop-order.ts'
import { openArchive } from '../../core/downloads/open-archive.ts'
import { openOrder } from '../../core/downloads/order-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Row } from '../operation.ts'
import { envelope } from './envelope.ts'
import type { MediaDownloadRequest, MediaZipSizeRequest } from './generated/shapes.ts'
import { nodeRefs } from './hub.ts'
import { op, raw } from './op.ts'

/** Several nodes as one file, and archives that were ordered. */
export const archiveRows: Row[] = [
  raw('media.zip', {
    auth: 'visit',
    run: async (ctx, { body }) => archiveAnswer(await openOrder(ctx, { token: body.id })),
  }),

  op('media.zip_size', {
    auth: 'visit',
    run: (ctx, { body }) => openArchive(ctx, { nodes: chosen(ctx, body) }),
    reply: ({ size }) => ({ size, socket_bound: false }),
  }),

  raw('media.download', {
    auth: 'visit',
    run: async (ctx, { body }, request) => {
      const peek = request.method === 'HEAD'
      const download = await downloadNodes(ctx, { nodes: chosen(ctx, body), peek })
      if (download.kind === 'file') return fileAnswer(request, download.file)
      const { ordered, size } = download
      const data = { zipid: ordered.token, zipname: ordered.order.name, size, wait: 0 }
      const headers = { 'cache-control': 'no-store' }
      return { status: 200, headers, json: envelope(ctx, 'media.download', data, body.echoId) }
    },
  }),

  ...(['media.zip_release', 'media.zip_cancel'] as const).map((id) =>
    op(id, {
      auth: 'visit',
      changes: true,
      run: (ctx, { body }) => dropOrder(ctx, { token: body.id }),
      reply: (_done, { body }) => ({ id: body.id }),
    }),
  ),
]

function chosen(
  ctx: Ctx,
  { nid, nodes, list, hub_id }: MediaDownloadRequest | MediaZipSizeRequest,
) {
  return nodeRefs(ctx, nid ?? nodes ?? list ?? [], hub_id)
}
