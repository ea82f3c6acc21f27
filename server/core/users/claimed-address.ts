import { nameKey } from '../../lib/names/name-key.ts'
import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import { hasVerifiedEmail } from './second-step.ts'
import type { User } from './user.ts'
import type { LoginKind } from './user-store.ts'

/**
 * The small free settings of an account whose user gives himself an address: as long as he has not
 * shown that he reads it, it is a claim. Not where no mail is sent by which he could, nor for the
 * user name that he has.
 */
export function withClaim(
  ctx: Ctx,
  { userName }: Pick<User, 'userName'>,
  profile: User['profile'],
  email: string,
): User['profile'] {
  const { claimedEmail: _, ...rest } = profile
  const isClaim = ctx.mailer !== null && nameKey(email) !== nameKey(userName)
  return isClaim ? { ...rest, claimedEmail: email } : rest
}

/**
 * The account whom others mean by a login when they let somebody in: never one that only claims to
 * be who reads the address.
 */
export async function personMeant(
  tx: Tx,
  login: string,
  by?: LoginKind,
): Promise<User | undefined> {
  const user = await tx.users.findByLogin(login, by)
  if (!user || user.email === null || nameKey(login) !== nameKey(user.email)) return user
  const isClaim = user.profile.claimedEmail === user.email && !hasVerifiedEmail(user)
  return isClaim ? undefined : user
}
