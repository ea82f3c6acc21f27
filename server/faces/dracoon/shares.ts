import { changeLinks } from '../../core/links/change-links.ts'
import { createLink } from '../../core/links/create-link.ts'
import { deleteLinks } from '../../core/links/delete-links.ts'
import { findLink } from '../../core/links/find-link.ts'
import type { LinkView } from '../../core/links/link.ts'
import { listLinks } from '../../core/links/list-links.ts'
import { sendLink } from '../../core/links/send-link.ts'
import type { Row } from '../operation.ts'
import type { DownloadShare } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentShare } from './present-share.ts'
import { parseRange } from './query.ts'
import {
  readDownloadShareChange,
  readMail,
  readNewDownloadShare,
  shareAddress,
  someShares,
} from './share-fields.ts'
import { drawShare } from './share-qr.ts'
import { readShareFilter, readShareSort } from './shares-query.ts'

const kind = 'download'

/** Download shares, for those who manage them. */
export const sharesRows: Row[] = [
  op('requestDownloadShares', {
    auth: 'user',
    run: (ctx, { params }) =>
      listLinks(ctx, {
        filter: readShareFilter(params.filter),
        sort: readShareSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentShare) }),
  }),

  op('createDownloadShare', {
    auth: 'user',
    run: (ctx, { body }, request) => createLink(ctx, readNewDownloadShare(body, request.publicUrl)),
    reply: presentShare,
  }),

  op('updateDownloadShares', {
    auth: 'user',
    run: (ctx, { body: { objectIds, ...body } }) =>
      changeLinks(ctx, {
        ids: someShares(objectIds, 'body.objectIds'),
        kind,
        ...readDownloadShareChange(body),
      }),
    reply: () => undefined,
  }),

  op('deleteDownloadShares', {
    auth: 'user',
    run: (ctx, { body }) => deleteLinks(ctx, { ids: someShares(body.shareIds, 'body'), kind }),
    reply: () => undefined,
  }),

  op('requestDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => findLink(ctx, { id: params.share_id, kind }),
    reply: presentShare,
  }),

  op('updateDownloadShare', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeLinks(ctx, { ids: [params.share_id], kind, ...readDownloadShareChange(body) }),
    reply: presentChanged,
  }),

  op('removeDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => deleteLinks(ctx, { ids: [params.share_id], kind }),
    reply: () => undefined,
  }),

  op('sendDownloadShareLinkViaEmail', {
    auth: 'user',
    run: (ctx, { params, body }, request) =>
      sendLink(ctx, {
        id: params.share_id,
        kind,
        ...readMail(body.recipients, body.body, body.receiverLanguage, (key) =>
          shareAddress(request.publicUrl, kind, key),
        ),
      }),
    reply: () => undefined,
  }),

  op('requestDownloadShareQr', {
    auth: 'user',
    run: async (ctx, { params }, request) =>
      drawShare(await findLink(ctx, { id: params.share_id, kind }), request.publicUrl),
    reply: ({ view, dataUrl }) => ({ ...presentShare(view), dataUrl }),
  }),
]

function presentChanged(views: readonly LinkView[]): DownloadShare {
  const [view] = views
  if (!view) throw new Error('a share that was changed has no view')
  return presentShare(view)
}
