import { acceptInvitation, declineInvitation } from '../../core/shares/accept-invitation.ts'
import { changeCollaborator, removeCollaborator } from '../../core/shares/change-collaborator.ts'
import { collaborators } from '../../core/shares/collaborators.ts'
import { invite } from '../../core/shares/invite.ts'
import { limitShare } from '../../core/shares/limit-share.ts'
import { listInvitations } from '../../core/shares/list-invitations.ts'
import { listShares } from '../../core/shares/list-shares.ts'
import { findInvited, listInvited } from '../../core/shares/read-invited.ts'
import { revokeInvitations } from '../../core/shares/revoke-invitations.ts'
import { unshare } from '../../core/shares/unshare.ts'
import { formatPath } from '../../lib/paths/path.ts'
import type { Row } from '../operation.ts'
import { downloadUrl } from './addresses.ts'
import { nodeAt, pathOfUrl } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentDownload } from './present-download.ts'
import { presentPublished } from './present-link.ts'
import { presentMeta } from './present-meta.ts'
import { presentCollaborator, presentInvite } from './present-share.ts'
import { pageOf } from './query.ts'
import { refuseInput } from './refuse.ts'
import { memberOf, permissionsOf, shareAt } from './share-words.ts'

const whose = { my: 'own', others: 'others', company: 'published' } as const

/** Tag `storage`: sharing of folders with other accounts. */
export const shareRows: readonly Row[] = [
  op('sharesAdd', {
    auth: 'user',
    run: (ctx, { body }, request) =>
      invite(ctx, {
        node: nodeAt(ctx, body.path),
        to: receiverOf(body),
        permissions: permissionsOf(body.writer ?? false),
        message: body.invitation,
        publicView: body.public_view,
        quota: body.use_folder_limit ? (body.folder_limit ?? null) : undefined,
        registerAt: `${request.publicUrl}/public/register?hash={secret}`,
        language: body.lang || undefined,
      }),
    reply: ({ token }, { body }) => ({
      ...(token === undefined ? {} : { hash: token }),
      ...(token === undefined || !body.member_login ? {} : { login: body.member_login }),
    }),
  }),

  op('sharesRemove', {
    auth: 'user',
    run: (ctx, { body }) =>
      removeCollaborator(ctx, {
        node: shareAt(ctx, body.path, body.userid),
        member: memberOf(body.member_login),
      }),
    reply: () => ({}),
  }),

  op('sharesAccept', {
    auth: 'user',
    run: (ctx, { body }) => acceptInvitation(ctx, { token: body.hash }),
    reply: () => ({}),
  }),

  op('sharesDecline', {
    auth: 'user',
    run: (ctx, { body }) => declineInvitation(ctx, { token: body.hash }),
    reply: () => ({}),
  }),

  op('sharesUninvite', {
    auth: 'user',
    run: (ctx, { body }) =>
      revokeInvitations(ctx, { node: nodeAt(ctx, body.path), to: optionalReceiver(body) }),
    reply: () => ({}),
  }),

  op('sharesUnshare', {
    auth: 'user',
    run: (ctx, { body }) => unshare(ctx, { node: shareAt(ctx, body.path, body.userid) }),
    reply: () => ({}),
  }),

  op('sharesCollaborators', {
    auth: 'user',
    run: (ctx, { params }) =>
      collaborators(ctx, { node: shareAt(ctx, params.path, params.userid) }),
    reply: (all) => all.map(presentCollaborator),
  }),

  // Here the login wins over the group (dossier 4, rule 13).
  op('sharesUpdateCollaborator', {
    auth: 'user',
    run: (ctx, { body }) =>
      changeCollaborator(ctx, {
        node: nodeAt(ctx, body.path),
        member: changedOf(body),
        permissions: permissionsOf(body.writer),
      }),
    reply: () => ({}),
  }),

  op('shares', {
    auth: 'user',
    run: (ctx, { params }) =>
      listShares(ctx, params.whose === undefined ? {} : { whose: whose[params.whose] }),
    reply: (views) => views.map(presentMeta),
  }),

  op('sharesSizelimit', {
    auth: 'user',
    run: (ctx, { body }) =>
      limitShare(ctx, {
        node: shareAt(ctx, body.path, body.owner_id),
        quota: body.enable === false ? null : body.size_limit,
      }),
    reply: () => ({}),
  }),

  op('sharesInvites', {
    auth: 'user',
    run: (ctx) => listInvitations(ctx),
    reply: (open) => open.map(presentInvite),
  }),

  op('companyAdminSharesCollaborators', {
    auth: 'user',
    run: (ctx, { params }) =>
      collaborators(ctx, { node: shareAt(ctx, params.path, params.userid) }),
    reply: (all) => all.map(presentCollaborator),
  }),

  op('companyAdminSharesRemove', {
    auth: 'user',
    run: (ctx, { body }) =>
      removeCollaborator(ctx, {
        node: shareAt(ctx, body.path, body.userid),
        member: memberOf(body.member_login),
      }),
    reply: () => ({}),
  }),

  op('companyAdminSharesUnshare', {
    auth: 'user',
    run: (ctx, { body }) => unshare(ctx, { node: shareAt(ctx, body.path, body.userid) }),
    reply: () => ({}),
  }),
]

/** Tag `storage`: reading by the hash of an invitation that lets everybody (`public_view`). */
export const invitedRows: readonly Row[] = [
  op('sharesGet', {
    auth: 'none',
    run: (ctx, { params }) =>
      findInvited(ctx, { token: params.hash, path: pathOfUrl(ctx, params.path) }),
    reply: (node, { params }, ctx, request) => {
      const path = pathOfUrl(ctx, params.path)
      const key = { kind: 'share', ticket: params.hash, path } as const
      return presentDownload(node, formatPath(path), downloadUrl(request, key, params.for_view))
    },
  }),

  op('sharesMetadata', {
    auth: 'none',
    run: (ctx, { params }) => {
      const place = { token: params.hash, path: pathOfUrl(ctx, params.path) }
      const kinds = params.dirs_only ? (['folder'] as const) : undefined
      return gatherPages(pageOf(params), (page) => listInvited(ctx, { ...place, kinds, page }))
    },
    reply: presentPublished,
  }),
]

type Receiver = { readonly member_login?: string; readonly group_id?: number }

/** Neither login nor group: whoever has the hash (params, C103). */
function receiverOf(body: Receiver) {
  return optionalReceiver(body) ?? 'anyone'
}

function changedOf({ member_login, group_id }: Receiver) {
  if (member_login) return memberOf(member_login)
  if (group_id !== undefined) return { groupId: group_id }
  return refuseInput('member_login', 'required', 'member_login or group_id is needed')
}

function optionalReceiver({ member_login, group_id }: Receiver) {
  if (group_id !== undefined) return { groupId: group_id }
  return member_login ? memberOf(member_login) : undefined
}
