import type { Ctx } from '../ctx.ts'
import { ROLE_USER, type Roles } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { mailInvitation } from './mail-invitation.ts'
import { openAccount } from './open-account.ts'
import { withPending } from './pending.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type InvitedAccount = {
  readonly email: string
  /** Default: ROLE_USER alone. */
  readonly roles?: Roles
  /** Who invites and into what, for the mail. */
  readonly from: string
  readonly into: string
  readonly message?: string
  /** The address to mail, see `linkFrom`; whoever follows it registers. */
  readonly link: string
}

/**
 * Makes an account for an address that nobody has, which waits until its user registers with the
 * mailed secret, in the transaction of the use case that invites him and decided that he may be.
 * Faults: 'invalid' 'user', 'limit-reached' 'user', 'unsupported' 'mail'.
 */
export async function openInvitedAccount(ctx: Ctx, tx: Tx, input: InvitedAccount): Promise<User> {
  const { email, from, into, message, link } = input
  const user = await openWaitingAccount(ctx, tx, input)
  const invitation = { purpose: 'register', from, into, message, link } as const
  await mailInvitation(ctx, tx, { ...user, email }, invitation)
  return user
}

export type WaitingAccount = Pick<InvitedAccount, 'email' | 'roles'> & {
  /** Default: the tenant's. */
  readonly language?: string
  /** It is there for invitations to folders only, and goes with the last of them. */
  readonly isStranger?: boolean
}

/** The same, without the mail. */
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
