import { actingUser } from '../acting-user.ts'
import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import { redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { leftLetter } from '../mail/letters/account-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { lastAdminRoomsOf } from '../permissions/last-admin-rooms.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import type { Tx } from '../store.ts'
import { leftOf, withLeft } from './left.ts'
import type { User } from './user.ts'

/**
 * First step of leaving: a code that was sent (as proof of presence, or for leaving) is traded for
 * a secret that the second step takes. Faults as `redeemCode`.
 */
export async function askToLeave(
  ctx: Ctx,
  proof: { readonly secret: string; readonly short: string },
): Promise<{ readonly secret: string }> {
  const { userId } = actingUser(ctx)
  const purposes = ['confirm', 'leave-code'] as const
  return redeemCode(ctx, { purposes, userId, ...proof }, (tx) =>
    issueCode(ctx, tx, { purpose: 'leave', userId, seconds: ctx.limits.codeSeconds }),
  )
}

/**
 * Second step: the account is closed at once, its sessions end, and a mail tells how it comes back
 * for `limits.leaveSeconds`; then it is removed. Until then nothing of it is touched, and what it
 * has in rooms of others stays there for good. Faults as `redeemCode`; 'last-admin' 'node'
 * (data.room) or 'role' where a room or role would be left without anybody who lasts: then nothing
 * happens and the secret stays good.
 */
export async function leave(
  ctx: Ctx,
  { secret, link }: { readonly secret: string; readonly link: string },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await redeemCode<undefined>(ctx, { purposes: ['leave'], userId, secret }, async (tx) => {
    await tx.nodes.lockTree()
    const user = await tx.users.hold(userId)
    if (!user) return fault('unauthenticated', 'session')
    const [room] = await lastAdminRoomsOf(tx, { userId })
    if (room) fault('last-admin', 'node', 'room', { room: room.room.id })
    const until = ctx.now + ctx.limits.leaveSeconds * 1000
    const left = { at: ctx.now, until, expireAt: user.expireAt }
    await tx.users.update(userId, { expireAt: ctx.now, profile: withLeft(user.profile, left) })
    await keepRoleHolders(tx, user.roles | (await tx.groups.rolesOf(userId, ctx.now)))
    await tx.sessions.removeOfUser(userId)
    await tx.codes.removeOf(userId)
    await tx.jobs.enqueue('remove-left', { user: userId }, until, `remove-left:${userId}`)
    await recordEvents(ctx, tx, [{ type: 'user.left', subjectId: userId }])
    await tellHowBack(ctx, tx, user, link)
    return undefined
  })
}

/**
 * Brings an account back that its user left, by the secret that was mailed. Faults as `redeemCode`;
 * 'wrong-credentials' 'code' too when it is not left any more.
 */
export async function comeBack(ctx: Ctx, { secret }: { readonly secret: string }): Promise<void> {
  await redeemCode<undefined>(ctx, { purposes: ['come-back'], secret }, async (tx, code) => {
    const user = code.userId === null ? undefined : await tx.users.hold(code.userId)
    const left = user && leftOf(user)
    if (!user || !left) return fault('wrong-credentials', 'code')
    const profile = withLeft(user.profile, undefined)
    await tx.users.update(user.id, { expireAt: left.expireAt, profile })
    await recordEvents(ctx, tx, [{ type: 'user.returned', subjectId: user.id }])
    return undefined
  })
}

async function tellHowBack(ctx: Ctx, tx: Tx, user: User, link: string): Promise<void> {
  const { email, userName, language } = user
  if (ctx.mailer === null || email === null || !isMailAddress(email)) return
  const { code, secret } = await issueCode(ctx, tx, {
    purpose: 'come-back',
    userId: user.id,
    seconds: ctx.limits.leaveSeconds,
  })
  const address = linkFrom(link, { secret, userId: user.id })
  const letter = leftLetter(mailLanguage(language), { userName, address, until: code.expireAt })
  await queueMail(ctx, tx, { to: email, ...letter })
}
