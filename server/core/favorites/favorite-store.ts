import type { Node } from '../nodes/node.ts'

/** The marks of users on nodes that they keep at hand; on deleted nodes they wait. */
export type FavoriteStore = {
  /** Nothing happens for what is marked already. */
  add(userId: number, nodeIds: readonly number[], at: number): Promise<void>
  /** Answers how many marks were there. */
  remove(userId: number, nodeIds: readonly number[]): Promise<number>
  /** Live nodes that have not expired and where the user has an access row in force. */
  count(userId: number, now: number): Promise<number>
  /** Those, kind first, then by name. */
  page(
    userId: number,
    now: number,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<Node[]>
}
