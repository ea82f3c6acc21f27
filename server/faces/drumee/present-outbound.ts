import type { Ctx } from '../../core/ctx.ts'
import type { Link } from '../../core/links/link.ts'
import type { Opening } from '../../core/openings/opened-to.ts'
import type { SharedWith } from '../../core/openings/shared-with.ts'
import type { Permissions } from '../../core/permissions/permission.ts'
import type { Person } from '../../core/users/user.ts'
import type { FaceRequest } from '../operation.ts'
import type { InboundShare, OutboundShare } from './generated/shapes.ts'
import { nobodyId, nodeCode, userCode } from './ids.ts'
import { linkWord } from './link-purpose.ts'
import { domainOf, locate } from './present-place.ts'
import { privilegeWord } from './privileges.ts'
import { timeLeft } from './time-left.ts'

/** What opens nodes to others, a row for each (dossier 10). */
export function presentOutbound(
  ctx: Ctx,
  openings: readonly Opening[],
  request: FaceRequest,
): OutboundShare[] {
  const vhost = domainOf(request)
  return openings.map((opening) => {
    const nid = nodeCode(opening.view.node.id)
    return {
      ...{ nid, resource_id: nid, hub_id: locate(ctx, opening.view).hubId, vhost },
      ...recipientOf(opening),
      ...timeLeft(ctx, opening.expireAt),
    }
  })
}

function recipientOf(opening: Opening) {
  if (opening.by === 'link') return linkRow(opening.link, opening.token)
  const { person, permissions, message } = opening
  const entity = person === null ? '*' : personCode(person)
  return {
    ...{ entity_id: entity, recipient_id: entity, ...naming(person) },
    ...words(permissions),
    ...{ limit: null, share_id: null, is_share: 1 as const, is_link: 0 as const, message },
  }
}

/** A link for one address is a share with a guest; an open one is everybody's. */
function linkRow(link: Link, token: string) {
  const { recipient, maxDownloads, notes } = link
  const entity = recipient ?? '*'
  const isOpen = recipient === null ? 1 : 0
  return {
    ...{ entity_id: entity, recipient_id: entity, email: entity, firstname: '', lastname: '' },
    ...{ permission: linkWord(link), privilege: linkWord(link) },
    ...{ limit: maxDownloads, share_id: token, message: notes ?? '' },
    ...{ is_share: (1 - isOpen) as 0 | 1, is_link: isOpen as 0 | 1 },
  }
}

/** What others gave the caller, or offer him. */
export function presentInbound(
  ctx: Ctx,
  shares: readonly SharedWith[],
  request: FaceRequest,
): InboundShare[] {
  const vhost = domainOf(request)
  return shares.map(({ view, from, permissions, message, expireAt, status }) => ({
    ...{ nid: nodeCode(view.node.id), hub_id: locate(ctx, view).hubId, vhost },
    ...{ owner_id: personCode(from), ...naming(from) },
    ...{ ...words(permissions), message, ...timeLeft(ctx, expireAt) },
    status: status === 'waiting' ? 'receive' : 'accept',
  }))
}

function naming(person: Person | null) {
  const { firstName = '', lastName = '', email = null } = person ?? {}
  return { email: person === null ? '*' : (email ?? ''), firstname: firstName, lastname: lastName }
}

function personCode({ id }: Person): string {
  return id === null ? nobodyId : userCode(id)
}

function words(permissions: Permissions) {
  const word = privilegeWord(permissions)
  return { permission: word, privilege: word }
}
