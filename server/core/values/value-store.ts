/**
 * Whose values they are: a user's own, which he reads and writes himself, or the tenant's, which
 * everybody reads and its administrators write.
 */
export type ValueOwner = { readonly userId: number } | 'tenant'

/** Small texts under keys. */
export type ValueStore = {
  find(owner: ValueOwner, key: string): Promise<string | undefined>
  /** Writes it; answers what was there before, undefined for nothing. */
  put(owner: ValueOwner, key: string, value: string, at: number): Promise<string | undefined>
  /** How many keys an owner has. */
  count(owner: ValueOwner): Promise<number>
  /** Everything of a user who goes. */
  removeOf(userId: number): Promise<void>
}
