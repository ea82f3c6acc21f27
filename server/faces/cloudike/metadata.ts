import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { type Listing, listChildren } from '../../core/nodes/list-children.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { findVersion } from '../../core/versions/find-version.ts'
import { matches } from '../file-answer.ts'
import type { Answer, Row } from '../operation.ts'
import type { Operations } from './generated/shapes.ts'
import { nodeAtUrl } from './ids.ts'
import { jsonAnswer, raw } from './op.ts'
import { gatherPages } from './pages.ts'
import { folderHash, presentFolder, presentListing, presentMeta } from './present-meta.ts'
import { filterOf, pageOf, sortOf } from './query.ts'

type Params = Operations['metadata']['params']

/** Tag `storage`: what is there. */
export const metadataRows: readonly Row[] = [
  raw('metadata', {
    auth: 'user',
    run: async (ctx, { params, headers }) => {
      const node = nodeAtUrl(ctx, params.path)
      const view = await findVersion(ctx, { node, versionId: params.version })
      if (view.node.kind === 'file') return jsonAnswer(200, presentMeta(view))
      if (params.listing === false) return jsonAnswer(200, presentFolder(ctx, view))
      const known = [headers['if-none-match'], quoted(params.hash)]
      const etag = etagOf(ctx, view)
      if (known.some((tag) => matches(tag, etag))) return { status: 304, headers: tagged(etag) }
      return listingAnswer(ctx, await listingOf(ctx, view, params))
    },
  }),
]

function listingOf(ctx: Ctx, { node }: NodeView, params: Params): Promise<Listing> {
  return gatherPages(
    pageOf(params),
    (page) =>
      listChildren(ctx, {
        parent: { id: node.id },
        filter: filterOf(params),
        sort: sortOf(params),
        includeMounts: true,
        page,
      }),
    (first, next) => first.parent?.tally.listing !== next.parent?.tally.listing,
  )
}

// The tag is that of the first page: what changed while it was gathered is asked for again.
function listingAnswer(ctx: Ctx, listing: Listing): Answer {
  const { parent } = listing
  if (!parent) return fault('not-found', 'node')
  const answer = jsonAnswer(200, presentListing(ctx, parent, listing))
  return { ...answer, headers: { ...answer.headers, ...tagged(etagOf(ctx, parent)) } }
}

const etagOf = (ctx: Ctx, view: NodeView) => `"${folderHash(ctx, view)}"`
const tagged = (etag: string) => ({ etag, 'cache-control': 'private, no-cache' })

/** A hash as clients send it back: bare, quoted or weak. */
function quoted(hash: string | undefined): string | undefined {
  const bare = hash?.replace(/^W\//, '').replaceAll('"', '')
  return bare === undefined || bare === '' ? undefined : `"${bare}"`
}
