import type { NodeKind } from '../nodes/node.ts'

export type NodeSubscription = {
  readonly nodeId: number
  readonly currentId: number
  readonly kind: NodeKind
  /** The room that governs it. */
  readonly boundaryId: number
}

export type NodeSubscriptionFilter = {
  /** Current ids. */
  readonly currentId?: number
  readonly boundaryId?: number
}

export type NodeSubscriptionSort = {
  readonly by: 'currentId' | 'boundaryId'
  readonly descending: boolean
}

/** What users want to hear of: nodes and links. */
export type SubscriptionStore = {
  /** What is there already stays. */
  addNodes(userId: number, nodeIds: readonly number[], at: number): Promise<void>
  removeNodes(userId: number, nodeIds: readonly number[]): Promise<void>
  addLinks(userId: number, linkIds: readonly number[], at: number): Promise<void>
  removeLinks(userId: number, linkIds: readonly number[]): Promise<void>
  /** Of live nodes that the user may read now. Links are listed by `LinkFilter.subscribedBy`. */
  countNodes(userId: number, filter: NodeSubscriptionFilter, now: number): Promise<number>
  pageOfNodes(
    userId: number,
    filter: NodeSubscriptionFilter,
    sort: readonly NodeSubscriptionSort[],
    page: { offset: number; limit: number; now: number },
  ): Promise<NodeSubscription[]>
  /** Who wants to hear of a node or a link. */
  subscribersOf(subject: { nodeId: number } | { linkId: number }): Promise<number[]>
  /** Everything of a user who goes. */
  removeOf(userId: number): Promise<void>
  /** Rows whose link is gone; answers how many. */
  removeDangling(limit: number): Promise<number>
}
