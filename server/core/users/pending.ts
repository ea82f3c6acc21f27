import type { User } from './user.ts'

/** Whether an account waits for its user to prove that he reads its address. */
export function isPending({ profile }: Pick<User, 'profile'>): boolean {
  return profile.pending === true
}

/**
 * Whether an account waits that was made only because somebody without one was invited to a folder.
 */
export function isStranger(user: Pick<User, 'profile'>): boolean {
  return isPending(user) && user.profile.stranger === true
}

/** The small free settings of an account that waits, or does no longer. */
export function withPending(profile: User['profile'], isOn: boolean): User['profile'] {
  const { pending: _, stranger: __, ...rest } = profile
  return isOn ? { ...rest, pending: true } : rest
}
