import { searchNodes } from '../../core/search/search-nodes.ts'
import type { Row } from '../operation.ts'
import { parentRef } from './ids.ts'
import { op } from './op.ts'
import { presentNode, presentRange } from './present-node.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'
import { readSearchFilter, readSearchSort } from './search-query.ts'

export const searchRows: Row[] = [
  op('searchNodes', {
    auth: 'user',
    run: (ctx, { params }) =>
      searchNodes(ctx, {
        text: params.search_string,
        under: parentRef(params.parent_id),
        depth: depthOf(params.depth_level),
        ...readSearchFilter(params.filter),
        sort: readSearchSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentNode) }),
  }),
]

/** 0 is the direct children, -1 everything below. */
function depthOf(level = 0): number | null {
  if (level < -1) return refuseInput('query.depth_level', 'positive', 'must be -1 or more')
  return level === -1 ? null : level
}
