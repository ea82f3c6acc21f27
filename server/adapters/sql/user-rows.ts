import type { User } from '../../core/users/user.ts'
import type { UserChange } from '../../core/users/user-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { flag } from './column-types.ts'
import type { UsersTable } from './schema/identity.ts'

/** The columns that `toUser` reads. */
export type UserRow = Omit<
  UsersTable,
  'tenant_id' | 'user_name_key' | 'first_name_key' | 'last_name_key' | 'email_key' | 'password_hash'
>

export const userColumns = [
  'id',
  'user_name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'language',
  'is_locked',
  'expire_at',
  'must_change_password',
  'agreed_at',
  'avatar',
  'home_id',
  'roles',
  'created_at',
  'last_login_at',
  'last_failure_at',
  'profile',
] as const satisfies readonly (keyof UserRow)[]

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    userName: row.user_name,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    language: row.language,
    isLocked: row.is_locked === 1,
    expireAt: row.expire_at,
    mustChangePassword: row.must_change_password === 1,
    agreedAt: row.agreed_at,
    avatar: row.avatar,
    homeId: row.home_id,
    roles: row.roles,
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
    lastFailureAt: row.last_failure_at,
    profile: row.profile === '{}' ? {} : JSON.parse(row.profile),
  }
}

export function toUserRow(tenantId: number, user: User, passwordHash: string | null): UsersTable {
  return {
    tenant_id: tenantId,
    id: user.id,
    user_name: user.userName,
    user_name_key: nameKey(user.userName),
    first_name: user.firstName,
    first_name_key: nameKey(user.firstName),
    last_name: user.lastName,
    last_name_key: nameKey(user.lastName),
    email: user.email,
    email_key: user.email === null ? null : nameKey(user.email),
    phone: user.phone,
    language: user.language,
    is_locked: flag(user.isLocked),
    expire_at: user.expireAt,
    must_change_password: flag(user.mustChangePassword),
    agreed_at: user.agreedAt,
    avatar: user.avatar,
    home_id: user.homeId,
    roles: user.roles,
    created_at: user.createdAt,
    last_login_at: user.lastLoginAt,
    last_failure_at: user.lastFailureAt,
    profile: JSON.stringify(user.profile),
    password_hash: passwordHash,
  }
}

const plainColumns = {
  phone: 'phone',
  language: 'language',
  expireAt: 'expire_at',
  agreedAt: 'agreed_at',
  avatar: 'avatar',
  roles: 'roles',
  lastLoginAt: 'last_login_at',
  lastFailureAt: 'last_failure_at',
} as const satisfies Partial<Record<keyof UserChange, keyof UsersTable>>

const keyedColumns = {
  userName: 'user_name',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
} as const satisfies Partial<Record<keyof UserChange, keyof UsersTable>>

/** The columns of the members that are given; an absent member stays. */
export function changedUserColumns(change: UserChange): Partial<UsersTable> {
  const columns: Record<string, string | number | null> = {}
  for (const [member, column] of Object.entries(plainColumns)) {
    const value = change[member as keyof typeof plainColumns]
    if (value !== undefined) columns[column] = value
  }
  for (const [member, column] of Object.entries(keyedColumns)) {
    const value = change[member as keyof typeof keyedColumns]
    if (value === undefined) continue
    columns[column] = value
    columns[`${column}_key`] = value === null ? null : nameKey(value)
  }
  if (change.isLocked !== undefined) columns.is_locked = flag(change.isLocked)
  if (change.mustChangePassword !== undefined) {
    columns.must_change_password = flag(change.mustChangePassword)
  }
  if (change.profile !== undefined) columns.profile = JSON.stringify(change.profile)
  return columns
}
