import type { Permissions } from '../permissions/permission.ts'

/** A token that opens one node's subtree to a program of another installation. */
export type Export = {
  readonly id: number
  readonly nodeId: number
  readonly permissions: Permissions
  readonly createdAt: number
  readonly createdBy: number
  /** null: without end. */
  readonly expireAt: number | null
  readonly label: string
  /** The token under the server's key: shown again only to its creator. */
  readonly sealedToken: string
}

export type ExportStore = {
  takeId(): Promise<number>
  insert(token: Export, digest: string): Promise<void>
  findByDigest(digest: string): Promise<Export | undefined>
  find(id: number): Promise<Export | undefined>
  ofNode(nodeId: number): Promise<Export[]>
  ofCreator(userId: number): Promise<Export[]>
  remove(id: number): Promise<void>
  removeExpired(now: number, limit: number): Promise<number>
}
