import { Readable } from 'node:stream'
import type { Ctx } from '../../core/ctx.ts'
import {
  type ListingReader,
  listingState,
  openListing,
  startListing,
} from '../../core/nodes/full-listing.ts'
import type { Answer, Row } from '../operation.ts'
import { downloadUrl } from './addresses.ts'
import { listingId, listingName } from './listing-names.ts'
import { jsonAnswer, raw } from './op.ts'
import { presentMeta } from './present-meta.ts'

/** Tag `storage`: everything that the caller has, at once. */
export const fullListingRows: readonly Row[] = [
  raw('metadataFullListing', {
    auth: 'user',
    run: async (ctx, { params }, request) => {
      const name = params.listing_request_id
      if (!name) {
        const { id } = await startListing(ctx)
        return jsonAnswer(200, { listing_request_id: listingName(id) })
      }
      const { ticket, progress } = await listingState(ctx, { id: listingId(name) })
      if (ticket === undefined) {
        const description = 'The listing is not ready yet'
        return jsonAnswer(404, { code: 'NotFound', description, progress })
      }
      return jsonAnswer(200, { url: downloadUrl(request, { kind: 'listing', ticket }) })
    },
  }),
]

/** The listing as one JSON text, made while it is read. */
export async function listingAnswer(ctx: Ctx, ticket: string): Promise<Answer> {
  const read = await openListing(ctx, { ticket })
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    length: null,
    open: async () => Readable.from(whole(read)),
  }
}

async function* whole(read: ListingReader): AsyncGenerator<string> {
  yield '{'
  yield* content(read, read())
  yield '}\n'
}

/** The member `content`; folders hold theirs (params, C078). */
async function* content(
  read: ListingReader,
  entries: ReturnType<ListingReader>,
): AsyncGenerator<string> {
  yield '"content":['
  let comma = ''
  for await (const view of entries) {
    const meta = JSON.stringify(presentMeta(view))
    yield comma + (view.node.kind === 'file' ? meta : `${meta.slice(0, -1)},`)
    if (view.node.kind !== 'file') {
      yield* content(read, read({ id: view.node.id }))
      yield '}'
    }
    comma = ','
  }
  yield ']'
}
