import { checkLine } from '../../lib/names/plain-line.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { fullName } from '../users/full-name.ts'
import { maxUserText } from '../users/user-fields.ts'

export type SendFeedback = {
  readonly comment: string
  /** Default: the account's. */
  readonly name?: string
  readonly email?: string
}

/**
 * Keeps what a user writes to the administrators; of one user the newest `limits.feedback` stay.
 * Faults 'invalid' 'message' with data.field and data.rule.
 */
export async function sendFeedback(ctx: Ctx, input: SendFeedback): Promise<void> {
  const { userId } = actingUser(ctx)
  const { comment, name, email } = input
  check('comment', comment.trim() === '' ? 'empty' : checkText(comment, ctx.limits.feedbackLength))
  if (name !== undefined) check('name', checkLine(name, maxUserText))
  if (email !== undefined && !isMailAddress(email)) check('email', 'form')
  await ctx.write(async (tx) => {
    const user = (await tx.users.find(userId)) ?? fault('unauthenticated', 'session')
    await tx.feedback.insert({
      id: await tx.feedback.takeId(),
      userId,
      name: name ?? fullName(user),
      email: email ?? user.email,
      comment,
      createdAt: ctx.now,
    })
    await tx.feedback.removeOldest(userId, ctx.limits.feedback)
    await recordEvents(ctx, tx, [{ type: 'feedback.sent' }])
  })
}

function check(field: string, rule: string | undefined): void {
  if (rule) fault('invalid', 'message', undefined, { field, rule })
}
