import type { Ctx } from '../../core/ctx.ts'
import type { Fault } from '../../core/fault.ts'
import { fault } from '../../core/fault.ts'
import { changeLinks } from '../../core/links/change-links.ts'
import { createLinkedFolder } from '../../core/links/create-linked-folder.ts'
import { findLink, type LinkRef } from '../../core/links/find-link.ts'
import type { LinkView } from '../../core/links/link.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { BoxRefusal } from './generated/shapes.ts'
import { nodeRef, type Place } from './hub.ts'
import { endOf, endOfNew } from './hubs.ts'
import { readCode } from './ids.ts'
import { linkPurpose, purposeOf } from './link-purpose.ts'
import { op } from './op.ts'
import { inboundAddress, presentBox } from './present-box.ts'
import { presentNode } from './present-node.ts'

/** Words that a box has when nothing is said, and the days of a private one (TSV). */
const defaults = { private: 7, public: 3, days: 10 } as const

/** Folders that outsiders reach with a link. */
export const shareboxBoxRows: Row[] = [
  op('sharebox.create_private_box', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }, request) => {
      const recipient = body.email.trim()
      const { days = defaults.days, hours, password, permission = defaults.private } = body
      const expireAt = endOf(ctx, { days, hours })
      return createLinkedFolder(ctx, {
        path: [recipient],
        link: { ...linkPurpose(permission), recipient, expireAt, password: password || null },
        tell: (token) => inboundAddress(request, token),
      })
    },
    reply: (shared, _given, ctx, request) => presentBox(ctx, shared, request),
    refusal: boxRefusal,
  }),
  op('sharebox.create_public_box', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => {
      const { password, permission = defaults.public } = body
      const expireAt = endOfNew(ctx, body)
      return createLinkedFolder(ctx, {
        path: [body.name],
        link: { ...linkPurpose(permission), expireAt, password: password || null },
      })
    },
    reply: (shared, _given, ctx, request) => presentBox(ctx, shared, request),
    refusal: boxRefusal,
  }),
  op('sharebox.get_box_attr', {
    auth: 'session',
    run: (ctx, { body }) => findLink(ctx, boxRef(ctx, body)),
    reply: (shared, _given, ctx, request) => presentBox(ctx, shared, request),
  }),
  op('sharebox.update_box', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => {
      const { kind, takesUploads } = purposeOf(body.permission)
      const change = { expireAt: endOf(ctx, body), password: body.password || null, takesUploads }
      return changeLinks(ctx, { ref: boxRef(ctx, body), change, asKind: kind })
    },
    reply: ([shared], _given, ctx, request) => presentBox(ctx, present(shared), request),
    refusal: noBox,
  }),
  op('sharebox.create_inbound_link', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }, request) => {
      const recipients = [...new Set(body.email.map((one) => one.trim()))]
      return createLinkedFolder(ctx, {
        parent: nodeRef(ctx, body, 'parent'),
        path: recipients,
        link: { kind: 'upload', expireAt: endOfNew(ctx, body) },
        mail: { recipients, message: body.message ?? '', addressOf: addresses(request) },
      })
    },
    reply: ({ view }, _given, ctx) => presentNode(ctx, view),
  }),
]

const addresses = (request: FaceRequest) => (token: string) => inboundAddress(request, token)

/** A node, or the share id of its link. */
function boxRef(ctx: Ctx, place: Place & { readonly nid: string }): LinkRef {
  const nid = place.nid.trim()
  const isNode = readCode(nid) !== undefined || nid.startsWith('/')
  return isNode ? { node: nodeRef(ctx, place, 'target'), kind: 'any' } : { token: nid }
}

function present(shared: LinkView | undefined): LinkView {
  return shared ?? fault('not-found', 'link')
}

function noBox({ code, subject }: Fault): BoxRefusal | undefined {
  return code === 'not-found' && subject === 'link' ? { status: 'INVALID_NID' } : undefined
}

/** Refusals with status 200 (dossier 5). */
function boxRefusal({ code, subject, role }: Fault): BoxRefusal | undefined {
  if (code === 'exists' && subject === 'user') return { status: 'DRUMATE_EMAIL' }
  if (code === 'exists' && subject === 'link') return { status: 'INVALID_STATE' }
  const isInTheWay = code === 'wrong-kind' && subject === 'node' && role === 'parent'
  return isInTheWay ? { status: 'LINK_FAILED' } : undefined
}
