import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { type Listing, listChildren } from '../../core/nodes/list-children.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { type ListingWithDeleted, listWithDeleted } from '../../core/trash/list-with-deleted.ts'
import { findVersion } from '../../core/versions/find-version.ts'
import { matches } from '../file-answer.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import type { Meta, Operations } from './generated/shapes.ts'
import { nodeAtUrl } from './ids.ts'
import { jsonAnswer, raw } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentExtradata } from './present-extradata.ts'
import { folderHash, presentFolder, presentListing, presentMeta } from './present-meta.ts'
import { filterOf, pageOf, sortOf } from './query.ts'

type Params = Operations['metadata']['params']

/** Tag `storage`: what is there. */
export const metadataRows: readonly Row[] = [
  raw('metadata', {
    auth: 'user',
    run: async (ctx, { params, headers }, request) => {
      const present = params.extra === false ? presentMeta : withExtradata(ctx, request)
      const node = nodeAtUrl(ctx, params.path)
      const view = await findVersion(ctx, { node, versionId: params.version })
      if (view.node.kind === 'file') return jsonAnswer(200, present(view))
      if (params.listing === false) return jsonAnswer(200, presentFolder(ctx, view))
      const known = [headers['if-none-match'], quoted(params.hash)]
      if (params.deleted) {
        const listing = await withDeleted(ctx, view, params)
        const etag = etagOf(ctx, view, listing.deleted)
        return unchanged(known, etag) ?? listingAnswer(ctx, listing, present)
      }
      return (
        unchanged(known, etagOf(ctx, view)) ??
        listingAnswer(ctx, await listingOf(ctx, view, params), present)
      )
    },
  }),
]

const withExtradata = (ctx: Ctx, request: FaceRequest) => (view: NodeView) => ({
  ...presentMeta(view),
  ...presentExtradata(ctx, request, view),
})

function listingOf(ctx: Ctx, view: NodeView, params: Params): Promise<Listing> {
  return gatherPages(
    pageOf(params),
    (page) => listChildren(ctx, { ...wanted(view, params), page }),
    (first, next) => first.parent?.tally.listing !== next.parent?.tally.listing,
  )
}

function withDeleted(ctx: Ctx, view: NodeView, params: Params): Promise<ListingWithDeleted> {
  return gatherPages(
    pageOf(params),
    (page) => listWithDeleted(ctx, { ...wanted(view, params), page }),
    (first, next) =>
      first.parent?.tally.listing !== next.parent?.tally.listing || first.deleted !== next.deleted,
  )
}

function wanted({ node }: NodeView, params: Params) {
  const parent = { id: node.id }
  return { parent, filter: filterOf(params), sort: sortOf(params), includeMounts: true }
}

function unchanged(known: readonly (string | undefined)[], etag: string): Answer | undefined {
  const isKnown = known.some((tag) => matches(tag, etag))
  return isKnown ? { status: 304, headers: tagged(etag) } : undefined
}

// The tag is that of the first page: what changed while it was gathered is asked for again.
function listingAnswer(
  ctx: Ctx,
  listing: Listing & { readonly deleted?: number },
  present: (view: NodeView) => Meta,
): Answer {
  const { parent, deleted } = listing
  if (!parent) return fault('not-found', 'node')
  const answer = jsonAnswer(200, presentListing(ctx, parent, listing, { deleted, present }))
  return { ...answer, headers: { ...answer.headers, ...tagged(etagOf(ctx, parent, deleted)) } }
}

const etagOf = (ctx: Ctx, view: NodeView, deleted?: number) => `"${folderHash(ctx, view, deleted)}"`
const tagged = (etag: string) => ({ etag, 'cache-control': 'private, no-cache' })

/** A hash as clients send it back: bare, quoted or weak. */
function quoted(hash: string | undefined): string | undefined {
  const bare = hash?.replace(/^W\//, '').replaceAll('"', '')
  return bare === undefined || bare === '' ? undefined : `"${bare}"`
}
