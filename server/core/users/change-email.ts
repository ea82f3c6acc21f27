import { actingUser } from '../acting-user.ts'
import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import { redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import { verifyLetter } from '../mail/letters/account-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { tellChange } from '../mail/tell-change.ts'
import { type OwnProfile, profileOf } from '../profiles/own-profile.ts'
import type { Tx } from '../store.ts'
import { checkOwnPassword } from './check-own-password.ts'
import { withClaim } from './claimed-address.ts'
import { isOthers, isRecent } from './new-address.ts'
import type { User } from './user.ts'

export type ChangeEmail = {
  readonly email: string
  /** The address that is mailed for confirming, see `linkFrom`. */
  readonly link: string
  readonly password?: string
  readonly proof?: { readonly secret: string; readonly short: string }
}

/**
 * Changes the own e-mail address. It opens the account to who reads it, so it needs the password, a
 * code that was sent, or a sign-in of the last minutes (`limits.codeSeconds`). The old address is
 * told, the new one gets a link for confirming it. Faults: 'invalid' 'user' with data.field
 * 'email'; 'exists' 'user' with data.field 'email' when another account has it; 'wrong-credentials'
 * and 'locked' 'user'; those of `redeemCode`; 'password-required' 'user' without any proof.
 */
export async function changeEmail(ctx: Ctx, input: ChangeEmail): Promise<OwnProfile> {
  const { userId } = actingUser(ctx)
  const { email, password, proof } = input
  if (!isMailAddress(email)) {
    fault('invalid', 'user', undefined, { field: 'email', rule: 'form' })
  }
  const work = (tx: Tx) => write(ctx, tx, userId, input)
  if (proof) return redeemCode(ctx, { purposes: ['confirm'], userId, ...proof }, work)
  if (password !== undefined) await checkOwnPassword(ctx, { password })
  const outcome = await ctx.write(async (tx) => {
    const isProven = password !== undefined || (await isRecent(ctx, tx))
    return isProven ? work(tx) : new Fault('password-required', 'user')
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

async function write(
  ctx: Ctx,
  tx: Tx,
  userId: number,
  { email, link }: ChangeEmail,
): Promise<OwnProfile | Fault> {
  const user = await tx.users.hold(userId)
  if (!user) return fault('unauthenticated', 'session')
  if (user.email !== email) {
    if (await isOthers(tx, userId, email)) {
      return new Fault('exists', 'user', undefined, { field: 'email' })
    }
    await tellChange(ctx, tx, user, 'email')
    await tx.users.update(userId, { email, profile: withClaim(ctx, user, user.profile, email) })
    const data = { what: 'email' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
    await askToVerify(ctx, tx, { ...user, email }, link)
  }
  return profileOf(tx, userId)
}

/** Mails an address the link by which its user shows that he reads it; nothing without mail. */
export async function askToVerify(ctx: Ctx, tx: Tx, user: User, link: string): Promise<void> {
  if (ctx.mailer === null || user.email === null) return
  const { email, userName, language } = user
  const { code, secret } = await issueCode(ctx, tx, {
    purpose: 'verify-email',
    userId: user.id,
    seconds: ctx.limits.resetSeconds,
    data: { email },
  })
  const address = linkFrom(link, { secret, userId: user.id })
  const letter = verifyLetter(mailLanguage(language), { userName, address, until: code.expireAt })
  await queueMail(ctx, tx, { to: email, ...letter })
}
