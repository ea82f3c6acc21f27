import type { Tally } from './node.ts'

export type TallyChange = {
  /** Containers whose subtree changes: the parent and all above it. */
  readonly ancestorIds: readonly number[]
  /** The direct parent, whose listing changes; null for top rooms. */
  readonly parentId: number | null
  readonly rooms?: number
  readonly folders?: number
  readonly files?: number
  /** Bytes, on every ancestor. */
  readonly size?: number
  readonly at: number
}

/** Counters of containers, kept so that many writers of one folder do not wait for one row. */
export type TallyStore = {
  of(ids: readonly number[]): Promise<Map<number, Tally>>
  create(id: number, at: number): Promise<void>
  /** For containers that are new and already full (copies). */
  insertMany(rows: readonly (Tally & { readonly id: number })[]): Promise<void>
  apply(change: TallyChange): Promise<void>
  /** Bytes of the tenant: live, superseded, deleted and in flight. */
  tenantBytes(): Promise<number>
  /** Books (or frees) bytes of the tenant; exact when the transaction commits. */
  book(bytes: number): Promise<void>
  /** Makes this transaction the only one that books until it ends; for decisions near a limit. */
  lock(): Promise<void>
}
