import type { User } from './user.ts'

/** What somebody is called: by his names, or by his login where he has none. */
export function fullName({
  firstName,
  lastName,
  userName,
}: Pick<User, 'firstName' | 'lastName' | 'userName'>): string {
  return [firstName, lastName].filter(Boolean).join(' ') || userName
}
