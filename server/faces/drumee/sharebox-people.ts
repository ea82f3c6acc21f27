import type { Ctx } from '../../core/ctx.ts'
import { fault, isFault } from '../../core/fault.ts'
import { copyNodes } from '../../core/nodes/copy-nodes.ts'
import { closeTo } from '../../core/openings/close-to.ts'
import type { Opening } from '../../core/openings/opened-to.ts'
import { shareWith } from '../../core/openings/share-with.ts'
import { MANAGE, READ } from '../../core/permissions/permission.ts'
import { acceptInvitation, declineInvitation } from '../../core/shares/accept-invitation.ts'
import { listInvitations } from '../../core/shares/list-invitations.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { ShareboxAssignPermissionRequest } from './generated/shapes.ts'
import { checkOwnHub, nodeRef, nodeRefs } from './hub.ts'
import { endOf, memberRef } from './hubs.ts'
import { readCode } from './ids.ts'
import { op } from './op.ts'
import { presentDigest } from './present-account.ts'
import { outboundAddress } from './present-box.ts'
import { presentOutcomes } from './present-node.ts'
import { presentAccepted, presentNotices } from './present-notices.ts'
import { presentOutbound } from './present-outbound.ts'
import { wordPermissions } from './privileges.ts'
import { refuseInput } from './refuse.ts'

/** Shares with people, and what they answer. */
export const shareboxPeopleRows: Row[] = [
  op('sharebox.assign_permission', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }, request) => namingMissing(body, () => share(ctx, body, request)),
    reply: (openings, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
  op('sharebox.revoke_permission', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      closeTo(ctx, {
        nodes: nodeRefs(ctx, body.nid ?? [], body.hub_id),
        people: body.user_id.map(memberRef),
      }),
    reply: (user, _given, ctx, request) => (user ? presentDigest(ctx, user, request) : []),
  }),
  op('sharebox.notification_count', {
    auth: 'session',
    run: (ctx, { body }) => ownInvitations(ctx, body.hub_id),
    reply: (open) => ({ count: open.length }),
  }),
  op('sharebox.notification_list', {
    auth: 'session',
    run: (ctx, { body }) => ownInvitations(ctx, body.hub_id),
    reply: (open, _given, ctx, request) => presentNotices(ctx, open, request),
  }),
  op('sharebox.accept_notification', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => acceptInvitation(ctx, invitationTo(body.nid)),
    reply: (accepted, _given, ctx) => presentAccepted(ctx, accepted),
    refusal: (error) =>
      error.code === 'not-found' && error.subject === 'invitation' ? [] : undefined,
  }),
  op('sharebox.refuse_notification', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => declineInvitation(ctx, invitationTo(body.nid)),
    reply: (left, _given, ctx, request) => presentNotices(ctx, left, request),
  }),
  op('sharebox.copy_to_sb', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => {
      if (!body.nid?.length) return refuseInput('nid', 'empty', 'nid names what is to be copied')
      const target = { nid: body.pid, hub_id: body.recipient_id }
      return copyNodes(ctx, {
        items: nodeRefs(ctx, body.nid, body.hub_id).map((node) => ({ node })),
        target: nodeRef(ctx, target, 'target'),
        onClash: 'rename',
        mode: 'all',
        needed: MANAGE,
      })
    },
    reply: ({ outcomes }, _given, ctx) => presentOutcomes(ctx, outcomes),
  }),
]

function share(
  ctx: Ctx,
  body: ShareboxAssignPermissionRequest,
  request: FaceRequest,
): Promise<Opening[]> {
  const word = body.privilege ?? body.permission
  return shareWith(ctx, {
    nodes: nodeRefs(ctx, body.nid ?? [], body.hub_id),
    recipients: body.email,
    permissions: word === undefined ? READ : wordPermissions(word),
    message: body.message,
    expireAt: endOf(ctx, body),
    addressOf: (token) => outboundAddress(request, token),
  })
}

/** A node that is not there is told by the id by which it was named. */
async function namingMissing<T>(
  { nid = [] }: Pick<ShareboxAssignPermissionRequest, 'nid'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isMissing = isFault(error, 'not-found') && error.subject === 'node'
    const named = isMissing ? nid[Number(error.data.item ?? 0)] : undefined
    if (!isMissing || named === undefined) throw error
    return fault('not-found', 'node', undefined, {
      nid: typeof named === 'string' ? named : named.nid,
    })
  }
}

/** These services have the caller's own hub (dossier 2). */
function ownInvitations(ctx: Ctx, hubId: string | undefined) {
  checkOwnHub(ctx, hubId)
  return listInvitations(ctx)
}

function invitationTo(nid: string) {
  const named = readCode(nid)
  return named?.kind === 'node' ? { nodeId: named.id } : fault('not-found', 'node')
}
