import type { CodeChannel } from '../codes/code.ts'
import { phoneNumber } from '../texts/phone-number.ts'
import type { User } from './user.ts'

/** How the code of the second step goes to the user; null: a password alone signs him in. */
export function secondStepBy({ profile }: Pick<User, 'profile'>): CodeChannel | null {
  if (profile.secondStep === 'text') return 'text'
  return profile.secondStep === 'code' ? 'mail' : null
}

/** Whether a sign-in with a password asks for a code that is sent, too. */
export function hasSecondStep(user: Pick<User, 'profile'>): boolean {
  return secondStepBy(user) !== null
}

/**
 * The number to which codes go by text message: the one that was proven to be the user's when he
 * chose that way, whatever number his account says since. null where they go by mail.
 */
export function codeNumberOf(user: Pick<User, 'profile'>): string | null {
  const { stepPhone } = user.profile
  return secondStepBy(user) === 'text' && typeof stepPhone === 'string' ? stepPhone : null
}

/** The small free settings of an account with the second step by mail, by text messages, or off. */
export function withSecondStep(
  profile: User['profile'],
  by: 'mail' | { readonly phone: string } | null,
): User['profile'] {
  const { secondStep: _, stepPhone: __, ...rest } = profile
  if (by === null) return rest
  return by === 'mail'
    ? { ...rest, secondStep: 'code' }
    : { ...rest, secondStep: 'text', stepPhone: by.phone }
}

/**
 * The step after somebody who administers users gave the account another number, which is how a
 * user comes back who lost his telephone: codes go there, or by mail where it is none to send to.
 */
export function stepAtNumber(user: User, phone: string | null | undefined): Partial<User> {
  if (phone === undefined || phone === user.phone || codeNumberOf(user) === null) return {}
  const number = phoneNumber(phone ?? '')
  const by = number === undefined ? 'mail' : { phone: number }
  return { profile: withSecondStep(user.profile, by) }
}

/** Whether the address of the account was proven to be read by its user. */
export function hasVerifiedEmail({ email, profile }: Pick<User, 'email' | 'profile'>): boolean {
  return email !== null && profile.verifiedEmail === email
}
