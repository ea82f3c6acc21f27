import type { NodeSort, PageRequest } from '../../core/nodes/node.ts'

/** Rows of a page (dossier 8). */
const pageLength = 45

const sorts = {
  rank: 'name',
  sort: 'name',
  name: 'name',
  size: 'size',
  date: 'createdAt',
  mtime: 'updatedAt',
} as const satisfies Record<string, NodeSort['by']>

type Sorting = { readonly sort?: keyof typeof sorts; readonly order?: 'asc' | 'desc' }

/** Nodes have no rank of their own here: that order is by name. */
export function sortOf({ sort = 'rank', order = 'asc' }: Sorting): NodeSort {
  return { by: sorts[sort], descending: order === 'desc' }
}

/** Pages count from 1. */
export function pageOf(body: { page?: number; pagelength?: number }): PageRequest {
  const limit = body.pagelength ?? pageLength
  return { offset: ((body.page ?? 1) - 1) * limit, limit }
}
