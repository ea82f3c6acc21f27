import { actingUser } from '../acting-user.ts'
import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import { passwordLetter } from '../mail/letters/registration-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type JsonObject, mergedJson } from '../profiles/profile.ts'
import { checkable } from '../sessions/with-account.ts'
import type { Tx } from '../store.ts'
import { checkNewPassword, passwordForm } from './password-policy.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type ChangeProfile = {
  readonly firstName?: string
  readonly lastName?: string
  readonly language?: string
  /** Merged into what the user says of himself, member by member. */
  readonly details?: JsonObject
  readonly password?: string
  /** The address to mail with which a new password is undone, see `linkFrom`. */
  readonly undoLink: string
}

/**
 * Changes names, language, details and password of the own account, all or nothing. A new password
 * ends all other sessions; the account's address gets a mail whose link sets yet another one.
 * Answers whether the password was another than before. Faults 'invalid' 'user' with data.field
 * (rule 'missing' where nothing is to be changed).
 */
export async function changeProfile(
  ctx: Ctx,
  input: ChangeProfile,
): Promise<{ readonly samePassword: boolean }> {
  const { userId } = actingUser(ctx)
  const { firstName, lastName, language, details, password } = input
  const changes = [firstName, lastName, language, details, password]
  if (changes.every((one) => one === undefined)) refuseNothing()
  checkUserFields(ctx, { firstName, lastName, language })
  const next = password === undefined ? undefined : await nextPassword(ctx, userId, password)
  const outcome = await ctx.write(async (tx) => {
    const user = await tx.users.hold(userId)
    if (!user) return fault('unauthenticated', 'session')
    await writeFields(ctx, tx, user, input)
    if (next?.hash === undefined) return undefined
    if ((await tx.users.passwordHash(userId)) !== next.before) {
      return new Fault('wrong-credentials', 'user')
    }
    return writePassword(ctx, tx, user, next.hash, input.undoLink)
  })
  if (outcome instanceof Fault) throw outcome
  return { samePassword: password !== undefined && next?.hash === undefined }
}

function refuseNothing(): never {
  return fault('invalid', 'user', undefined, { field: 'profile', rule: 'missing' })
}

/** The hash of a new password and the one that it replaces; no hash for the present password. */
async function nextPassword(
  ctx: Ctx,
  userId: number,
  password: string,
): Promise<{ readonly before: string | null; readonly hash?: string }> {
  const { user, before } = await ctx.read(async (tx) => ({
    user: await tx.users.find(userId),
    before: await tx.users.passwordHash(userId),
  }))
  if (!user) return fault('unauthenticated', 'session')
  checkNewPassword(password, user.userName)
  if (await ctx.secrets.checkPassword(checkable(password), before)) return { before }
  return { before, hash: await ctx.secrets.hashPassword(passwordForm(password)) }
}

async function writeFields(ctx: Ctx, tx: Tx, user: User, input: ChangeProfile): Promise<void> {
  const { firstName, lastName, language, details } = input
  const fields = {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(language === undefined ? {} : { language }),
  }
  const what = Object.keys(fields)
  if (what.length > 0) await tx.users.update(user.id, fields)
  if (details !== undefined) {
    const old = await tx.profiles.hold(user.id)
    const merged = mergedJson(ctx, 'details', old.details, details)
    await tx.profiles.put(user.id, { ...old, details: merged, updatedAt: ctx.now })
    what.push('details')
  }
  if (what.length === 0) return
  const data = { what: what.join(' ') }
  await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: user.id, data }])
}

async function writePassword(
  ctx: Ctx,
  tx: Tx,
  user: User,
  hash: string,
  undoLink: string,
): Promise<undefined> {
  const { sessionId } = actingUser(ctx)
  await tx.users.setPasswordHash(user.id, hash)
  await tx.users.update(user.id, { mustChangePassword: false })
  const own = await tx.sessions.find(sessionId)
  await tx.sessions.removeOfUser(user.id, own?.familyId)
  const data = { what: 'password' }
  await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: user.id, data }])
  const { email } = user
  if (ctx.mailer === null || email === null || !isMailAddress(email)) return undefined
  const seconds = undoSeconds
  const purpose = 'reset-password'
  const issue = { purpose, userId: user.id, seconds, data: { email } } as const
  const { code, secret } = await issueCode(ctx, tx, issue)
  const address = linkFrom(undoLink, { secret, userId: user.id })
  const facts = { userName: user.userName, address, until: code.expireAt }
  await queueMail(ctx, tx, { to: email, ...passwordLetter(mailLanguage(user.language), facts) })
  return undefined
}

/** How long a new password may be undone by mail. */
const undoSeconds = 3 * 86_400
