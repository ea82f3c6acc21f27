import type { Link } from './link.ts'

export type LinkFilter = {
  readonly kind?: Link['kind']
  readonly nameContains?: string
  readonly nodeId?: number
  readonly createdBy?: number
  readonly createdByContains?: string
  readonly updatedBy?: number
  readonly updatedByContains?: string
  readonly createdFrom?: number
  readonly createdTo?: number
  /** Only links on nodes where this user may manage such links now. */
  readonly manageableBy?: number
  /** Only links that this user wants to hear of. */
  readonly subscribedBy?: number
  /** The room that governs the node. */
  readonly boundaryId?: number
  readonly ids?: readonly number[]
  /** Digest of the whole token. */
  readonly digest?: string
}

export type LinkSort = {
  readonly by:
    | 'name'
    | 'notifyCreator'
    | 'expireAt'
    | 'createdAt'
    | 'createdBy'
    | 'classification'
    | 'id'
    | 'nodeId'
    | 'boundaryId'
  readonly descending: boolean
}

export type LinkChange = Partial<Omit<Link, 'id' | 'sealedToken' | 'kind' | 'isProtected' | 'keys'>>

/** A link and the one-way form of its password; null for an open one. */
export type LinkWithHash = { readonly link: Link; readonly passwordHash: string | null }

export type LinkStore = {
  takeId(): Promise<number>
  /** `digest` of the token finds it. */
  insert(link: Link, digest: string, passwordHash: string | null): Promise<void>
  update(id: number, change: LinkChange): Promise<void>
  setPasswordHash(id: number, hash: string | null): Promise<void>
  find(id: number): Promise<Link | undefined>
  findByDigest(digest: string): Promise<LinkWithHash | undefined>
  findWithHash(id: number): Promise<LinkWithHash | undefined>
  /** Oldest first; without a kind of both. */
  ofNode(nodeId: number, kind?: Link['kind']): Promise<Link[]>
  /** Those of many nodes, of both kinds, oldest first. */
  ofNodes(nodeIds: readonly number[]): Promise<Link[]>
  /** The oldest link in force of each node that has one. */
  oldestOf(nodeIds: readonly number[], now: number): Promise<Link[]>
  /** Counts per node: [download, upload]. */
  countOf(nodeIds: readonly number[]): Promise<Map<number, readonly [number, number]>>
  /** Takes one download if the limit allows; false when it is reached. Safe under concurrency. */
  takeDownload(id: number): Promise<boolean>
  /** Counts a file that came in, if the limits allow; false when one is reached. Like above. */
  takeUpload(id: number, bytes: number): Promise<boolean>
  /** Notes a file that came in through a link. */
  addFile(linkId: number, nodeId: number): Promise<void>
  /** Ids of the live files that came in through a link, newest first. */
  files(id: number, limit: number): Promise<number[]>
  /** How many those are; none has no entry. */
  countFiles(ids: readonly number[]): Promise<Map<number, number>>
  /** Forgets the files of links that are gone. */
  removeLooseFiles(): Promise<void>
  count(filter: LinkFilter, now: number): Promise<number>
  page(
    filter: LinkFilter,
    sort: readonly LinkSort[],
    page: { offset: number; limit: number },
    now: number,
  ): Promise<Link[]>
  /** True when it was there. */
  remove(id: number): Promise<boolean>
  removeOfNodes(nodeIds: readonly number[]): Promise<void>
  /** Gives the links on one node to another (a file that took its place). */
  repoint(fromNodeId: number, toNodeId: number): Promise<void>
  expired(now: number, limit: number): Promise<Link[]>
}
