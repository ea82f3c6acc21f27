import type { User } from './user.ts'

/** What somebody is called in mails and text messages. */
export function fullName({
  firstName,
  lastName,
  userName,
}: Pick<User, 'firstName' | 'lastName' | 'userName'>): string {
  return [firstName, lastName].filter(Boolean).join(' ') || userName
}
