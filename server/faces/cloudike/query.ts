import type { NodeFilter, NodeSort, PageRequest } from '../../core/nodes/node.ts'

/** The orders of a listing; folders come first in any (params, C077). */
const orders: Readonly<Record<string, NodeSort>> = {
  name: { by: 'name', descending: false },
  '-name': { by: 'name', descending: true },
  modified_time: { by: 'updatedAt', descending: false },
  '-modified_time': { by: 'updatedAt', descending: true },
}

type ListingParams = {
  readonly order_by?: string
  readonly dirs_only?: boolean
  readonly offset?: number
  readonly limit?: number
}

export function sortOf({ order_by = 'name' }: ListingParams): NodeSort | undefined {
  return Object.hasOwn(orders, order_by) ? orders[order_by] : undefined
}

export function filterOf({ dirs_only }: ListingParams): NodeFilter {
  return dirs_only ? { kinds: ['room', 'folder'] } : {}
}

export function pageOf({ offset = 0, limit = 0 }: ListingParams): PageRequest {
  return { offset, limit }
}
