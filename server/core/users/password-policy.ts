import { nameKey } from '../../lib/names/name-key.ts'
import type { Secrets } from '../ctx.ts'
import { fault } from '../fault.ts'

/** Which rule of the policy a password breaks. */
export type PasswordRule = 'too-short' | 'too-long' | 'user-name' | 'unicode'

export const minPasswordLength = 8
/** Bounds the work of hashing. */
export const maxPasswordLength = 1024

/**
 * The form in which a password is hashed and checked: NFC, since keyboards differ in how they
 * compose letters.
 */
export function passwordForm(password: string): string {
  return password.normalize('NFC')
}

/**
 * The policy for passwords of accounts: at least 8 characters (code points), at most 1024 units of
 * UTF-16, not the user name (in any case, forwards), well-formed. No rules about kinds of
 * characters and no regular change: NIST SP 800-63B, section 5.1.1.2. Undefined: fine.
 */
export function brokenPasswordRule(password: string, userName: string): PasswordRule | undefined {
  if (password.length > maxPasswordLength) return 'too-long'
  if (!password.isWellFormed()) return 'unicode'
  if ([...password].length < minPasswordLength) return 'too-short'
  return nameKey(password) === nameKey(userName) ? 'user-name' : undefined
}

/** Faults 'invalid' 'user' with data.field 'password' and data.rule. */
export function checkNewPassword(password: string, userName: string): void {
  const rule = brokenPasswordRule(password, userName)
  if (rule) fault('invalid', 'user', undefined, { field: 'password', rule })
}

/** A random password that the policy allows, with small and capital letters and digits. */
export function generatePassword(secrets: Secrets, userName: string): string {
  for (;;) {
    const password = secrets.token(18).replace(/[-_]/g, '')
    const mixed = /[a-z]/.test(password) && /[A-Z]/.test(password) && /[0-9]/.test(password)
    const long = password.length >= 2 * minPasswordLength
    if (mixed && long && brokenPasswordRule(password, userName) === undefined) return password
  }
}
