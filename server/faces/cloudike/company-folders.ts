import { listRequests } from '../../core/shares/list-invitations.ts'
import { hideFolder, publishFolder } from '../../core/shares/publish-folder.ts'
import { publishedFolder, publishedFolders } from '../../core/shares/published-folders.ts'
import { grantRequest, requestAccess } from '../../core/shares/request-access.ts'
import { sharedByUsers } from '../../core/shares/shared-by-users.ts'
import type { Row } from '../operation.ts'
import { nodeAt } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentCompanyFolder, presentInvite, presentShared } from './present-share.ts'
import { pageOf } from './query.ts'
import { refuseInput } from './refuse.ts'
import { permissionsOf } from './share-words.ts'

/** Tag `storage`: folders that the whole company is told of. */
export const companyFolderRows: readonly Row[] = [
  op('sharesCompanyAdd', {
    auth: 'token',
    run: (ctx, { body }) =>
      publishFolder(ctx, { node: nodeAt(ctx, body.path), name: body.public_name || undefined }),
    reply: ({ publication, ownerId }) => ({
      owner_id: ownerId ?? 0,
      public_name: publication.name,
      folder_hash: publication.token,
    }),
  }),

  op('sharesCompanyHide', {
    auth: 'user',
    run: (ctx, { body }) => {
      if (body.folder_hash) return hideFolder(ctx, { token: body.folder_hash })
      if (body.path) return hideFolder(ctx, { node: nodeAt(ctx, body.path) })
      return refuseInput('folder_hash', 'required', 'folder_hash or path is needed')
    },
    reply: () => ({}),
  }),

  op('sharesCompanyGet', {
    auth: 'user',
    run: async (ctx, { params }) => {
      const { folder_hash: token } = params
      if (token) return [await publishedFolder(ctx, { token })]
      const all = params.show_all
      return (await gatherPages(pageOf(params), (page) => publishedFolders(ctx, { page, all })))
        .items
    },
    reply: (folders) => folders.map(presentCompanyFolder),
  }),

  op('sharesCompanyGetOne', {
    auth: 'user',
    run: (ctx, { params }) => publishedFolder(ctx, { token: params.folder_hash }),
    reply: presentCompanyFolder,
  }),

  op('sharesCompanyShared', {
    auth: 'user',
    run: (ctx, { params }) =>
      sharedByUsers(ctx, {
        nameContains: params.name || undefined,
        offset: params.offset ?? 0,
        limit: params.limit || null,
      }),
    reply: (things) => things.map(presentShared),
  }),

  op('sharesCompanyRequest', {
    auth: 'user',
    run: (ctx, { body }) =>
      requestAccess(ctx, {
        token: body.folder_hash,
        permissions: permissionsOf(false),
        message: body.invitation,
      }),
    reply: () => ({}),
  }),

  op('sharesCompanyAccept', {
    auth: 'token',
    run: (ctx, { body }) =>
      grantRequest(ctx, {
        token: body.folder_hash,
        userId: body.user_id,
        permissions: permissionsOf(body.writer ?? false),
      }),
    reply: () => ({}),
  }),

  op('sharesCompanyRequests', {
    auth: 'user',
    run: (ctx) => listRequests(ctx),
    reply: (requests) => requests.map(presentInvite),
  }),
]
