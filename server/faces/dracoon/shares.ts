import { type CreateLink, createLink } from '../../core/links/create-link.ts'
import { deleteLinks } from '../../core/links/delete-links.ts'
import { findLink } from '../../core/links/find-link.ts'
import { listLinks } from '../../core/links/list-links.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import type { CreateDownloadShareRequest } from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentShare } from './present-share.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'
import { readShareFilter, readShareSort } from './shares-query.ts'

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
    run: (ctx, { body }) => createLink(ctx, readNewShare(body)),
    reply: presentShare,
  }),

  op('deleteDownloadShares', {
    auth: 'user',
    run: (ctx, { body }) => deleteLinks(ctx, { ids: someShares(body.shareIds), kind: 'download' }),
    reply: () => undefined,
  }),

  op('requestDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => findLink(ctx, { id: params.share_id, kind: 'download' }),
    reply: presentShare,
  }),

  op('removeDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => deleteLinks(ctx, { ids: [params.share_id], kind: 'download' }),
    reply: () => undefined,
  }),
]

function someShares(ids: readonly number[]): readonly number[] {
  return ids.length === 0 ? refuseInput('body.shareIds', 'required', 'it is empty') : ids
}

/** A new share as core takes it; refuses what this installation cannot do for it. */
function readNewShare(body: CreateDownloadShareRequest): CreateLink {
  if (body.keyPair || body.fileKey) {
    refuseInput('body.keyPair', 'plain-keys', 'the node is not encrypted')
  }
  if (body.textMessageRecipients?.length || body.sendSms || body.smsRecipients) {
    refuseInput('body.textMessageRecipients', 'sms', 'no text messages are sent here')
  }
  if (body.sendMail || body.mailRecipients) {
    refuseInput('body.sendMail', 'mail', 'no mail is sent here')
  }
  return {
    kind: 'download',
    node: nodeRef(body.nodeId),
    name: body.name,
    password: body.password,
    expireAt: readExpiration(body.expiration),
    maxDownloads: body.maxDownloads,
    notes: body.notes,
    internalNotes: body.internalNotes,
    showCreatorName: body.showCreatorName,
    showCreatorUserName: body.showCreatorUsername,
    notifyCreator: body.notifyCreator,
  }
}
