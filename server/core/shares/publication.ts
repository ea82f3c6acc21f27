/** A shared folder that everybody in the tenant is told of and may ask to be let into. */
export type Publication = {
  readonly nodeId: number
  /** Names it to everybody: no secret. */
  readonly token: string
  /** What it is called in the list. */
  readonly name: string
  readonly createdAt: number
  readonly createdBy: number
}

export type PublicationStore = {
  /** Writes, or gives the one of this node another name. */
  put(publication: Publication): Promise<void>
  findByToken(token: string): Promise<Publication | undefined>
  ofNodes(nodeIds: readonly number[]): Promise<Map<number, Publication>>
  count(): Promise<number>
  /** By name. */
  page(page: { offset: number; limit: number }): Promise<Publication[]>
  /** False when there was none. */
  remove(nodeId: number): Promise<boolean>
}
