import type { User } from '../users/user.ts'

export type ContactQuery = {
  /** Whose contacts: people who see a room that this user sees, too, nobody's home. */
  readonly userId: number
  /** Everybody of the tenant but the user himself. */
  readonly everybody: boolean
  readonly now: number
  /** Folded (lib/names `nameKey`) start of a name, user name or e-mail address. */
  readonly prefixKey?: string
  readonly ids?: readonly number[]
}

export type ContactStore = {
  /** Ordered by last and first name. */
  page(query: ContactQuery, page: { offset: number; limit: number }): Promise<User[]>
  /** When sessions of these users were last used, as far as it was noted; none: no entry. */
  lastUse(userIds: readonly number[]): Promise<Map<number, number>>
}
