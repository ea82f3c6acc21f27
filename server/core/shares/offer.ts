/** Content that a user offers another to take over into his home. */
export type Offer = {
  readonly id: number
  /** Names it to both. */
  readonly token: string
  readonly ownerId: number
  readonly receiverId: number
  /** null: everything in the owner's home. */
  readonly nodeId: number | null
  /** Names from the owner's root, when it was made. */
  readonly sourcePath: readonly string[]
  /** Names from the receiver's root; empty as long as it is not accepted. */
  readonly targetPath: readonly string[]
  /** Whether the owner's goes to his trash once it was taken over. */
  readonly cleansUp: boolean
  readonly message: string
  readonly state: 'requested' | 'accepted'
  readonly createdAt: number
}

export type OfferStore = {
  takeId(): Promise<number>
  insert(offer: Offer): Promise<void>
  findByToken(token: string): Promise<Offer | undefined>
  /** Those that a user made or may accept, oldest first. */
  ofUser(userId: number): Promise<Offer[]>
  /** From 'requested' to 'accepted'; false when another did so before. */
  accept(id: number, targetPath: readonly string[]): Promise<boolean>
  remove(id: number): Promise<boolean>
}
