import type { User } from './user.ts'

/** Whether a sign-in with a password asks for a code that is sent, too. */
export function hasSecondStep({ profile }: Pick<User, 'profile'>): boolean {
  return profile.secondStep === 'code'
}

/** The small free settings of an account with the second step on or off. */
export function withSecondStep(profile: User['profile'], isOn: boolean): User['profile'] {
  const { secondStep: _, ...rest } = profile
  return isOn ? { ...rest, secondStep: 'code' } : rest
}

/** Whether the address of the account was proven to be read by its user. */
export function hasVerifiedEmail({ email, profile }: Pick<User, 'email' | 'profile'>): boolean {
  return email !== null && profile.verifiedEmail === email
}
