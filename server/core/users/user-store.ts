import type { Roles } from '../permissions/permission.ts'
import type { Person, User } from './user.ts'

export type UserFilter = {
  readonly email?: string
  readonly emailContains?: string
  readonly userName?: string
  readonly userNameContains?: string
  readonly firstNameContains?: string
  readonly lastNameContains?: string
  readonly isLocked?: boolean
  readonly createdFrom?: number
  readonly createdTo?: number
  readonly phone?: string
  readonly hasRoles?: Roles
  readonly lacksRoles?: Roles
  /** Counts roles by groups in force then, too. */
  readonly effectiveAt?: number
  /** Any of user, first, last name and address contains it. */
  readonly anyContains?: string
  /** Any of user, first, last name contains it. */
  readonly nameContains?: string
  readonly hasKeyPair?: boolean
  readonly ids?: readonly number[]
  readonly notIds?: readonly number[]
}

export type UserSort = {
  readonly by:
    | 'userName'
    | 'email'
    | 'firstName'
    | 'lastName'
    | 'isLocked'
    | 'lastLoginAt'
    | 'expireAt'
    | 'createdAt'
  readonly descending: boolean
}

export type UserChange = Partial<Omit<User, 'id' | 'createdAt' | 'homeId'>>

export type LoginKind = 'userName' | 'email' | 'phone' | 'id'

export type BytesByKind = {
  readonly image: number
  readonly audio: number
  readonly video: number
  readonly other: number
}

export type UserStore = {
  takeId(): Promise<number>
  find(id: number): Promise<User | undefined>
  /** Like `find`, and no other transaction changes the account until this one ends. */
  hold(id: number): Promise<User | undefined>
  /**
   * By user name, or by e-mail address where exactly one account has it, without case; `by` takes
   * only one of these ways, or the phone number where exactly one account has it, or the id.
   */
  findByLogin(login: string, by?: LoginKind): Promise<User | undefined>
  /** Faults 'exists' user with data.field when user name (or e-mail) is taken. */
  insert(user: User, passwordHash: string | null): Promise<void>
  update(id: number, change: UserChange): Promise<void>
  /** Removes the account with all that is of it, but for its home, the nodes in it and events. */
  remove(id: number): Promise<void>
  passwordHash(id: number): Promise<string | null>
  setPasswordHash(id: number, hash: string): Promise<void>
  /** Whether the user manages a live room that is nobody's home. */
  managesRooms(userId: number, now: number): Promise<boolean>
  /** Bytes of the current versions below a home, sub-rooms included, by media type. */
  bytesByKind(homeId: number): Promise<BytesByKind>
  /** Bytes of the deleted files of a home. */
  trashBytes(homeId: number): Promise<number>
  /** Roles with a holder who lasts: not locked, without end, himself or by a group without end. */
  lastingRoles(): Promise<Roles>
  people(ids: readonly number[]): Promise<Map<number, Person>>
  count(filter: UserFilter): Promise<number>
  page(
    filter: UserFilter,
    sort: readonly UserSort[],
    page: { offset: number; limit: number },
  ): Promise<User[]>
}
