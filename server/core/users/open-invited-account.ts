import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import type { Ctx } from '../ctx.ts'
import { inviteLetter } from '../mail/letters/registration-letters.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { ROLE_USER, type Roles } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
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

/** How long an invitation may be answered. */
const invitationSeconds = 30 * 86_400

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
  const seconds = invitationSeconds
  const { code, secret } = await issueCode(ctx, tx, {
    purpose: 'register',
    userId: user.id,
    seconds,
  })
  const address = linkFrom(input.link, { secret, userId: user.id })
  const facts = { from: input.from, into: input.into, message: input.message ?? '' }
  const letter = inviteLetter(mailLanguage(user.language), {
    ...facts,
    address,
    until: code.expireAt,
  })
  await queueMail(ctx, tx, { to: email, ...letter })
  return { ...user, profile }
}
