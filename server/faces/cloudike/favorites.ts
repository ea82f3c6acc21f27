import { listFavorites } from '../../core/favorites/list-favorites.ts'
import { setFavorites } from '../../core/favorites/set-favorites.ts'
import type { NodeKind, NodeView } from '../../core/nodes/node.ts'
import { searchNodes } from '../../core/search/search-nodes.ts'
import type { Row } from '../operation.ts'
import type { FilesSearchRequest, Meta } from './generated/shapes.ts'
import { nodeAt } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { isLastPage, presentMeta } from './present-meta.ts'
import { pageOf, sortOf } from './query.ts'

/** Tag `storage`: what one finds again: favourites, and names. */
export const favoriteRows: readonly Row[] = [
  op('filesFavorites', {
    auth: 'user',
    run: (ctx, { params }) => gatherPages(pageOf(params), (page) => listFavorites(ctx, { page })),
    reply: ({ items }) => presentPlaced(items),
  }),

  op('fileopsSetFavorite', {
    auth: 'user',
    run: (ctx, { body }) =>
      setFavorites(ctx, {
        nodes: [nodeAt(ctx, body.path)],
        favorite: body.favorite ?? 'toggle',
      }),
    reply: ([view]) => presentMeta(view!),
  }),

  op('filesSearch', {
    auth: 'user',
    run: (ctx, { body }) =>
      gatherPages(pageOf(body), (page) =>
        searchNodes(ctx, {
          text: body.query,
          under: null,
          filter: { kinds: kindsOf(body), mediaTypes: mediaTypesOf(body) },
          sort: sortOf(body),
          page,
        }),
      ),
    reply: (page) => ({ content: presentPlaced(page.items), is_last_page: isLastPage(page) }),
  }),
]

/** What stands nowhere in the own root has no path by which it could be named. */
function presentPlaced(views: readonly NodeView[]): Meta[] {
  return views.filter(({ rootPath }) => rootPath !== null && rootPath.length > 0).map(presentMeta)
}

function kindsOf({ type }: FilesSearchRequest): NodeKind[] {
  if (type === undefined) return ['room', 'folder', 'file']
  return type === 'folder' ? ['room', 'folder'] : ['file']
}

const documents = [
  'text/',
  'application/pdf',
  'application/msword',
  'application/rtf',
  'application/vnd.ms-',
  'application/vnd.oasis.opendocument.',
  'application/vnd.openxmlformats-officedocument.',
] as const

function mediaTypesOf({ type }: FilesSearchRequest): readonly string[] | undefined {
  if (type === undefined || type === 'folder' || type === 'file') return undefined
  return type === 'document' ? documents : [`${type}/`]
}
