import type { NodeFilter, NodeSort } from '../nodes/node.ts'

/**
 * What a name must look like: `parts` folded, in this order with anything between. `whole`: the
 * first begins the name and the last ends it; else one part lies anywhere in it.
 */
export type NamePattern = { readonly parts: readonly string[]; readonly whole: boolean }

export type SearchSort = {
  readonly by: NodeSort['by'] | 'kind' | 'parentPath'
  readonly descending: boolean
}

/** A search as the store takes it. */
export type SearchQuery = {
  readonly pattern: NamePattern
  /** Names that are exactly this (folded) come first; null: none is preferred. */
  readonly exactFirst: string | null
  /** Below this container; null: below the top of the tenant. */
  readonly under: number | null
  /** Levels below its direct children; null: all. */
  readonly depth: number | null
  /** Only direct children of this one. */
  readonly parentId?: number
  /** Somewhere in the folded path of the container, as '/room/folder/'. */
  readonly parentPathContains?: string
  readonly filter: NodeFilter
  /** Kind first, then this; 'kind' sorts by that alone, then by name. */
  readonly sort: SearchSort
  /** Only what this user sees; null: everything. */
  readonly visibleTo: number | null
  readonly now: number
}
