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
  /** Any of user, first, last name contains it. */
  readonly nameContains?: string
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

export type UserStore = {
  takeId(): Promise<number>
  find(id: number): Promise<User | undefined>
  /** By user name, or by e-mail address where exactly one account has it. Without case. */
  findByLogin(login: string): Promise<User | undefined>
  /** Faults 'exists' user with data.field when user name (or e-mail) is taken. */
  insert(user: User, passwordHash: string | null): Promise<void>
  update(id: number, change: UserChange): Promise<void>
  passwordHash(id: number): Promise<string | null>
  setPasswordHash(id: number, hash: string): Promise<void>
  people(ids: readonly number[]): Promise<Map<number, Person>>
  count(filter: UserFilter): Promise<number>
  page(
    filter: UserFilter,
    sort: readonly UserSort[],
    page: { offset: number; limit: number },
  ): Promise<User[]>
}
