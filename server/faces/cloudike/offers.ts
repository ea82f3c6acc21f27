import { acceptOffer } from '../../core/shares/accept-offer.ts'
import { startHandOver } from '../../core/shares/hand-over.ts'
import type { Offer } from '../../core/shares/offer.ts'
import { endOffer, findOffers, offerContent } from '../../core/shares/offer-content.ts'
import type { Row } from '../operation.ts'
import type { Migration } from './generated/shapes.ts'
import { nodeAt, pathOfText, pathText } from './ids.ts'
import { op } from './op.ts'
import { memberOf } from './share-words.ts'

const whose = { my: 'own', others: 'others' } as const

/** Tag `storage`: content that changes hands. */
export const offerRows: readonly Row[] = [
  op('migrationContents', {
    auth: 'user',
    run: (ctx, { params }) =>
      findOffers(ctx, {
        whose: params.whose && whose[params.whose],
        states: params.status,
        sourcePath: params.path ? pathOfText(ctx, params.path) : undefined,
      }),
    reply: (offers) => offers.map(presentOffer),
  }),

  op('migrationContentsAdd', {
    auth: 'user',
    run: (ctx, { body }) =>
      offerContent(ctx, {
        to: memberOf(body.member_login),
        node: body.path ? nodeAt(ctx, body.path) : undefined,
        message: body.invitation,
        cleansUp: body.cleanup,
      }),
    reply: presentOffer,
  }),

  op('migrationContentsAccept', {
    auth: 'user',
    run: (ctx, { body }) =>
      acceptOffer(ctx, {
        token: body.hash,
        path: body.path ? pathOfText(ctx, body.path) : undefined,
      }),
    reply: presentOffer,
  }),

  op('migrationContentsReject', {
    auth: 'user',
    run: (ctx, { body }) => endOffer(ctx, { token: body.hash, as: 'receiver' }),
    reply: () => ({}),
  }),

  op('migrationContentsRemove', {
    auth: 'user',
    run: (ctx, { body }) => endOffer(ctx, { token: body.hash, as: 'owner' }),
    reply: () => ({}),
  }),

  op('fileopsHandover', {
    auth: 'user',
    run: (ctx, { body }) =>
      startHandOver(ctx, { node: nodeAt(ctx, body.path), memberId: body.member_id }),
    reply: ({ token }) => ({ taskid: token }),
  }),
]

/** No path stands for everything, and for a place that is not known yet. */
function presentOffer(offer: Offer): Migration {
  const textOf = (path: readonly string[]) => (path.length === 0 ? '' : pathText(path))
  return {
    hash: offer.token,
    owner_id: offer.ownerId,
    receiver_id: offer.receiverId,
    src_path: textOf(offer.sourcePath),
    dst_path: textOf(offer.targetPath),
    status: offer.state,
  }
}
