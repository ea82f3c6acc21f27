import type { Ctx } from '../ctx.ts'
import { ROLE_USER, type Roles } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { openAccount } from './open-account.ts'
import { withPending } from './pending.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type WaitingAccount = {
  readonly email: string
  /** Default: ROLE_USER alone. */
  readonly roles?: Roles
  /** Default: the tenant's. */
  readonly language?: string
  /** It is there for invitations to folders only, and goes with the last of them. */
  readonly isStranger?: boolean
}

/**
 * Makes an account for an address that nobody has, which waits until its user registers with a
 * mailed secret, in the transaction of the use case that invites him and decided that he may be.
 * Faults: 'invalid' 'user', 'limit-reached' 'user'.
 */
export async function openWaitingAccount(
  ctx: Ctx,
  tx: Tx,
  { email, roles = ROLE_USER, language, isStranger = false }: WaitingAccount,
): Promise<User> {
  checkUserFields(ctx, { userName: email, email, language })
  const user = await openAccount(
    ctx,
    tx,
    {
      userName: email,
      firstName: '',
      lastName: '',
      email,
      phone: null,
      language: language ?? ctx.tenant.language,
      expireAt: null,
      mustChangePassword: false,
      roles,
    },
    null,
  )
  const waiting = withPending(user.profile, true)
  const profile = isStranger ? { ...waiting, stranger: true } : waiting
  await tx.users.update(user.id, { profile })
  return { ...user, profile }
}
