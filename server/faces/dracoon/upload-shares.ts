import { changeLinks } from '../../core/links/change-links.ts'
import { createLink } from '../../core/links/create-link.ts'
import { deleteLinks } from '../../core/links/delete-links.ts'
import { findLink } from '../../core/links/find-link.ts'
import type { LinkView } from '../../core/links/link.ts'
import { listLinks } from '../../core/links/list-links.ts'
import { sendLink } from '../../core/links/send-link.ts'
import type { Row } from '../operation.ts'
import type { UploadShare } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentUploadShare } from './present-upload-share.ts'
import { parseRange } from './query.ts'
import {
  readMail,
  readNewUploadShare,
  readUploadShareChange,
  shareAddress,
  someShares,
} from './share-fields.ts'
import { drawShare } from './share-qr.ts'
import { readUploadShareFilter, readUploadShareSort } from './shares-query.ts'

const kind = 'upload'

/** Upload shares (file requests), for those who manage them. */
export const uploadSharesRows: Row[] = [
  op('requestUploadShares', {
    auth: 'user',
    run: (ctx, { params }) =>
      listLinks(ctx, {
        filter: readUploadShareFilter(params.filter),
        sort: readUploadShareSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentUploadShare) }),
  }),

  op('createUploadShare', {
    auth: 'user',
    run: (ctx, { body }, request) => createLink(ctx, readNewUploadShare(body, request.publicUrl)),
    reply: presentUploadShare,
  }),

  op('updateUploadShares', {
    auth: 'user',
    run: (ctx, { body: { objectIds, ...body } }) =>
      changeLinks(ctx, {
        ids: someShares(objectIds, 'body.objectIds'),
        kind,
        ...readUploadShareChange(body),
      }),
    reply: () => undefined,
  }),

  op('deleteUploadShares', {
    auth: 'user',
    run: (ctx, { body }) => deleteLinks(ctx, { ids: someShares(body.shareIds, 'body'), kind }),
    reply: () => undefined,
  }),

  op('requestUploadShare', {
    auth: 'user',
    run: (ctx, { params }) => findLink(ctx, { id: params.share_id, kind }),
    reply: presentUploadShare,
  }),

  op('updateUploadShare', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeLinks(ctx, { ids: [params.share_id], kind, ...readUploadShareChange(body) }),
    reply: presentChanged,
  }),

  op('removeUploadShare', {
    auth: 'user',
    run: (ctx, { params }) => deleteLinks(ctx, { ids: [params.share_id], kind }),
    reply: () => undefined,
  }),

  op('sendUploadShareLinkViaEmail', {
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

  op('requestUploadShareQr', {
    auth: 'user',
    run: async (ctx, { params }, request) =>
      drawShare(await findLink(ctx, { id: params.share_id, kind }), request.publicUrl),
    reply: ({ view, dataUrl }) => ({ ...presentUploadShare(view), dataUrl }),
  }),
]

function presentChanged(views: readonly LinkView[]): UploadShare {
  const [view] = views
  if (!view) throw new Error('a share that was changed has no view')
  return presentUploadShare(view)
}
