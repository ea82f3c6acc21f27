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
  const { email, roles = ROLE_USER } = input
  checkUserFields(ctx, { userName: email, email })
  const user = await openAccount(
    ctx,
    tx,
    {
      userName: email,
      firstName: '',
      lastName: '',
      email,
      phone: null,
      language: ctx.tenant.language,
      expireAt: null,
      mustChangePassword: false,
      roles,
    },
    null,
  )
  const profile = withPending(user.profile, true)
  await tx.users.update(user.id, { profile })
  const { from, into, message, link } = input
  const invitation = { purpose: 'register', from, into, message, link } as const
  await mailInvitation(ctx, tx, { ...user, email }, invitation)
  return { ...user, profile }
}
