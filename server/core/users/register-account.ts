import type { Code } from '../codes/code.ts'
import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import { checkCode, redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import { approveLetter } from '../mail/letters/registration-letters.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail, requireMailer } from '../mail/queue-mail.ts'
import { has, ROLE_USER, ROLE_USERS } from '../permissions/permission.ts'
import { countAsking } from '../sessions/count-asking.ts'
import { acceptFor } from '../shares/accept-invitation.ts'
import { isGood } from '../shares/invitation.ts'
import type { Tx } from '../store.ts'
import { isOthers } from './new-address.ts'
import { openAccount } from './open-account.ts'
import { checkNewPassword, passwordForm } from './password-policy.ts'
import { isPending, withPending } from './pending.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type Registration = {
  readonly email: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly phone?: string | null
  readonly language?: string
  /** The user has accepted the terms of use. */
  readonly agrees?: boolean
  /** The address to mail for the approval, see `linkFrom`. */
  readonly link: string
  /** The secret of an invitation that was mailed; such an account needs no approval. */
  readonly invitation?: string
}

/** How long a mailed link completes a registration. */
export const approvalSeconds = 48 * 3600

/**
 * Somebody without an account makes one: with an invitation the account that was made for it, at
 * once, which accepts the folder that the mail invited to; without, where the tenant lets people
 * register, a new one that waits until its user follows the mailed link. Who has ROLE_USERS makes
 * one that waits for nothing. Faults: 'forbidden' 'user' where nobody may register; 'exists' 'user'
 * for an address that an account has; 'invalid' 'user' with data.field and data.rule;
 * 'limit-reached' 'user'; 'unsupported' 'mail'; 'locked' 'session' for a network that registers too
 * often; those of `redeemCode`.
 */
export async function registerAccount(ctx: Ctx, input: Registration): Promise<User> {
  const { email, password, firstName, lastName, phone, language, invitation } = input
  checkUserFields(ctx, { userName: email, email, firstName, lastName, phone, language })
  checkNewPassword(password, email)
  if (invitation !== undefined) return useInvitation(ctx, { ...input, invitation })
  const isManager = ctx.actor.kind === 'user' && has(ctx.actor.roles, ROLE_USERS)
  if (!isManager && !ctx.tenant.settings.registration) fault('forbidden', 'user')
  if (!isManager) requireMailer(ctx)
  const hash = await ctx.secrets.hashPassword(passwordForm(password))
  const outcome = await ctx.write(async (tx) => {
    const tooMany = isManager ? undefined : await countAsking(ctx, tx, 'register')
    return tooMany ?? makeAccount(ctx, tx, { ...input, waits: !isManager }, hash)
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

async function useInvitation(
  ctx: Ctx,
  input: Registration & { readonly invitation: string },
): Promise<User> {
  const proof = { purposes: ['register'] as const, secret: input.invitation }
  // Before the slow hash, which nobody gets for nothing.
  await checkCode(ctx, proof)
  const hash = await ctx.secrets.hashPassword(passwordForm(input.password))
  return redeemCode<User>(ctx, proof, async (tx, code) => {
    await tx.nodes.lockTree()
    const user = code.userId === null ? undefined : await tx.users.hold(code.userId)
    if (!user || !isPending(user)) return new Fault('wrong-credentials', 'code')
    await tx.users.setPasswordHash(user.id, hash)
    await tx.users.update(user.id, {
      firstName: input.firstName,
      lastName: input.lastName,
      phone: input.phone ?? user.phone,
      language: input.language ?? user.language,
      agreedAt: input.agrees ? ctx.now : null,
      profile: withPending(user.profile, false),
    })
    await acceptMailed(ctx, tx, user.id, code)
    return approved(ctx, tx, user.id)
  })
}

/** The folder that the mail invited to, if its invitation is still good; others wait for him. */
async function acceptMailed(ctx: Ctx, tx: Tx, userId: number, { data }: Code): Promise<void> {
  const open = await tx.invitations.ofUser(userId, 'invitation', ctx.now)
  const mailed = open.find(({ id }) => String(id) === data.invitation)
  if (mailed && (await isGood(ctx, tx, mailed))) await acceptFor(ctx, tx, mailed, userId)
}

/** The account as it is now that it may be used, and the event of it. */
export async function approved(ctx: Ctx, tx: Tx, userId: number): Promise<User> {
  await tx.codes.removeOf(userId, 'approve')
  await tx.codes.removeOf(userId, 'register')
  const data = { what: 'approved' }
  await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
  return (await tx.users.find(userId)) ?? fault('not-found', 'user')
}

async function makeAccount(
  ctx: Ctx,
  tx: Tx,
  input: Registration & { readonly waits: boolean },
  hash: string,
): Promise<User> {
  const { email, firstName, lastName, phone = null, language, agrees = false } = input
  if (await isOthers(tx, 0, email)) fault('exists', 'user')
  const user = await openAccount(
    ctx,
    tx,
    {
      userName: email,
      firstName,
      lastName,
      email,
      phone,
      language: language ?? ctx.tenant.language,
      expireAt: null,
      mustChangePassword: false,
      agreedAt: agrees ? ctx.now : null,
      roles: ROLE_USER,
    },
    hash,
  )
  if (!input.waits) return user
  const profile = withPending(user.profile, true)
  await tx.users.update(user.id, { profile })
  await mailApproval(ctx, tx, { ...user, profile }, input.link)
  return { ...user, profile }
}

/** Mails the link that completes a registration. */
export async function mailApproval(ctx: Ctx, tx: Tx, user: User, link: string): Promise<void> {
  const seconds = approvalSeconds
  const { code, secret } = await issueCode(ctx, tx, {
    purpose: 'approve',
    userId: user.id,
    seconds,
  })
  const address = linkFrom(link, { secret, userId: user.id })
  const facts = { userName: user.userName, address, until: code.expireAt }
  const letter = approveLetter(mailLanguage(user.language), facts)
  await queueMail(ctx, tx, { to: user.email ?? '', ...letter })
}
