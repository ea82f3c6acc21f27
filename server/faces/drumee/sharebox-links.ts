import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import type { LinkView } from '../../core/links/link.ts'
import { changeOpening } from '../../core/openings/change-opening.ts'
import { closeNode } from '../../core/openings/close-node.ts'
import { openNodes } from '../../core/openings/open-nodes.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { LinkCopy } from './generated/shapes.ts'
import { nodeRef, nodeRefs } from './hub.ts'
import { endOf, endOfNew } from './hubs.ts'
import { linkPurpose, purposeOf } from './link-purpose.ts'
import { op } from './op.ts'
import { outboundAddress } from './present-box.ts'
import { presentOutbound } from './present-outbound.ts'
import { refuseInput } from './refuse.ts'

/** Words of a link of which nothing is said (TSV). */
const defaults = { made: 3, copied: 1 } as const

/** Links that open nodes to anybody. */
export const shareboxLinkRows: Row[] = [
  op('sharebox.create_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      openNodes(ctx, {
        nodes: nodeRefs(ctx, body.nid ?? [], body.hub_id),
        link: { ...linkPurpose(body.permission ?? defaults.made), expireAt: endOfNew(ctx, body) },
      }),
    reply: ({ openings }, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
  op('sharebox.copy_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      openNodes(ctx, {
        nodes: [nodeRef(ctx, body, 'target')],
        link: {
          ...linkPurpose(body.permission ?? defaults.copied),
          expireAt: endOfNew(ctx, body),
          notes: body.message || null,
        },
      }),
    reply: ({ links: [shared] }, _given, _ctx, request) => presentCopy(shared, request),
  }),
  op('sharebox.update_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => {
      const { kind, takesUploads } = purposeOf(body.permission)
      return changeOpening(ctx, {
        token: body.share_id.trim(),
        nodes: nodeRefs(ctx, body.nid, body.hub_id),
        change: { expireAt: endOf(ctx, body), takesUploads },
        asKind: kind,
      })
    },
    reply: (openings, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
  op('sharebox.remove_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      closeNode(ctx, { node: target(ctx, body), token: body.share_id.trim() }),
    reply: (openings, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
  op('sharebox.remove_open_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => {
      if (!body.nid) return refuseInput('nid', 'required', 'nid is missing')
      return closeNode(ctx, { node: target(ctx, body) })
    },
    reply: (openings, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
]

const target = (ctx: Ctx, place: { readonly hub_id?: string; readonly nid?: string }) =>
  nodeRef(ctx, place, 'target')

function presentCopy(shared: LinkView | undefined, request: FaceRequest): LinkCopy {
  if (!shared) return fault('not-found', 'link')
  const { firstName, lastName, email } = shared.createdBy
  const link = outboundAddress(request, shared.token)
  return { firstname: firstName, lastname: lastName, email: email ?? '', link }
}
