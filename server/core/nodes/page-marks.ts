import type { SeekKey } from './node-store.ts'

/**
 * Remembers where pages started, so that an offset deep in a folder becomes a seek. A mark is
 * valid as long as its scope (folder, its listing number, sort, filter, viewer) is the same.
 */
export type PageMarks = {
  /** The nearest remembered position at or before `offset`. */
  nearest(scope: string, offset: number): { offset: number; after: SeekKey } | undefined
  remember(scope: string, offset: number, after: SeekKey): void
}
