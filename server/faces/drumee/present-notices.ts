import type { Ctx } from '../../core/ctx.ts'
import type { Accepted } from '../../core/shares/accept-invitation.ts'
import type { OpenInvitation } from '../../core/shares/list-invitations.ts'
import type { FaceRequest } from '../operation.ts'
import type { Node, ShareNotice } from './generated/shapes.ts'
import { nobodyId, nodeCode, userCode } from './ids.ts'
import { presentNode } from './present-node.ts'
import { domainOf } from './present-place.ts'
import { timeLeft } from './time-left.ts'

/** Shares that wait for the caller's answer. What is shared stands as a hub where he accepts. */
export function presentNotices(
  ctx: Ctx,
  open: readonly OpenInvitation[],
  request: FaceRequest,
): ShareNotice[] {
  const vhost = domainOf(request)
  return open.map(({ nodeId, folderName, person, message, expireAt }) => ({
    nid: nodeCode(nodeId),
    user_filename: folderName,
    category: 'hub',
    uid: person.id === null ? nobodyId : userCode(person.id),
    hub_id: nodeCode(nodeId),
    vhost,
    message,
    ...timeLeft(ctx, expireAt),
    firstname: person.firstName,
    email: person.email,
  }))
}

/** What was accepted, in the folder of the own desk where it stands. */
export function presentAccepted(ctx: Ctx, { view, parentId }: Accepted): Node {
  const node = presentNode(ctx, view)
  if (parentId === null) return node
  const pid = nodeCode(parentId)
  return { ...node, pid, parent_id: pid }
}
