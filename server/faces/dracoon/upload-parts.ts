import { writePart } from '../../core/uploads/write-part.ts'
import { bodyBytes } from '../body.ts'
import type { Route, Row } from '../operation.ts'

/** Below it lie the addresses that `s3_urls` gives out where the byte store has none of its own. */
export const partPath = '/api/v4/uploads/parts'

/** Beside the document: there such addresses belong to the store. */
export const partRoutes: Route[] = [
  { operationId: 'uploadPart', methods: ['PUT'], path: `${partPath}/:ticket` },
]

/** One part by HTTP PUT; the tag in the answer is what completing asks for. */
export const partRows: Row[] = [
  {
    id: 'uploadPart',
    auth: 'none',
    handle: async (ctx, request) => {
      const ticket = request.params.ticket ?? ''
      const { etag } = await writePart(ctx, { ticket, source: bodyBytes(request) })
      return { status: 200, headers: { etag: `"${etag}"`, 'cache-control': 'no-store' } }
    },
  },
]
