import type { User } from './user.ts'

/** That a user left, when his account is removed, and the end that it had before. */
export type Left = { readonly at: number; readonly until: number; readonly expireAt: number | null }

/**
 * Undefined for an account that is not left: nobody left it, or an administrator has given it
 * another end since.
 */
export function leftOf({
  profile,
  expireAt,
}: Pick<User, 'profile' | 'expireAt'>): Left | undefined {
  const left = profile.left as Left | undefined
  return left?.at === expireAt ? left : undefined
}

/** The small free settings of an account with or without that its user left. */
export function withLeft(profile: User['profile'], left: Left | undefined): User['profile'] {
  const { left: _, ...rest } = profile
  return left ? { ...rest, left } : rest
}
