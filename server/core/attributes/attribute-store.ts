import type { Attribute, AttributeKind } from './attribute.ts'

export type AttributeOwner = { readonly userId: number; readonly kind: AttributeKind }

type Match = { readonly contains?: string; readonly equals?: string; readonly starts?: string }

/** Without case. All given members must hold. */
export type AttributeFilter = { readonly key?: Match; readonly value?: Match }

export type AttributeSort = { readonly by: 'key' | 'value'; readonly descending: boolean }

export type AttributeStore = {
  count(owner: AttributeOwner, filter?: AttributeFilter): Promise<number>
  page(
    owner: AttributeOwner,
    filter: AttributeFilter,
    sort: readonly AttributeSort[],
    page: { offset: number; limit: number },
  ): Promise<Attribute[]>
  /** All of a kind of several users; who has none has no entry. */
  ofUsers(userIds: readonly number[], kind: AttributeKind): Promise<Map<number, Attribute[]>>
  /** Adds them; a key that is there gets the new value. */
  put(owner: AttributeOwner, attributes: readonly Attribute[]): Promise<void>
  /** Whether the key was there. */
  remove(owner: AttributeOwner, key: string): Promise<boolean>
  /** All of a kind; of every kind without one. */
  removeOf(userId: number, kind?: AttributeKind): Promise<void>
}
