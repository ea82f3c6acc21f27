import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Code, CodePurpose } from './code.ts'
import { shortDigest } from './short-text.ts'

export type IssueCode = {
  readonly purpose: CodePurpose
  readonly userId: number | null
  readonly seconds: number
  /** What people type beside the secret; absent: the secret alone is the proof. */
  readonly short?: string
  readonly data?: Readonly<Record<string, string>>
}

export type IssuedCode = { readonly code: Code; readonly secret: string }

/**
 * Writes a code; its secret and short text are told once and kept nowhere. A code with a short text
 * takes the place of the earlier ones of the same user and purpose, so that guesses do not add up;
 * long secrets stand side by side. Decides nothing.
 */
export async function issueCode(ctx: Ctx, tx: Tx, input: IssueCode): Promise<IssuedCode> {
  const { purpose, userId, short, data = {} } = input
  if (userId !== null && short !== undefined) await tx.codes.removeOf(userId, purpose)
  const id = await tx.codes.takeId()
  const secret = ctx.secrets.token()
  const expireAt = ctx.now + input.seconds * 1000
  const times = { createdAt: ctx.now, expireAt, failures: 0, consumedAt: null }
  const code: Code = { id, purpose, userId, ...times, data }
  await tx.codes.insert(code, {
    secret: ctx.secrets.digest(secret),
    short: short === undefined ? null : shortDigest(ctx, code, short),
  })
  if (userId !== null) {
    await recordEvents(ctx, tx, [{ type: 'code.issued', subjectId: userId, data: { purpose } }])
  }
  return { code, secret }
}

/** So many messages of one kind an account gets within the time of a lock. */
const maxMessages = 5

/**
 * Counts a message that is about to be sent for an account; the fault 'locked' 'code' once there
 * were too many, so that nobody's mail box is filled and nobody guesses for long.
 */
export async function countMessage(
  ctx: Ctx,
  tx: Tx,
  userId: number,
  purpose: CodePurpose,
): Promise<Fault | undefined> {
  const key = `message:${purpose}:${userId}`
  const before = (await tx.throttle.hold(key))?.lockedUntil ?? 0
  if (before > ctx.now) {
    const retryAfter = Math.ceil((before - ctx.now) / 1000)
    return new Fault('locked', 'code', undefined, { until: before, retryAfter })
  }
  await tx.throttle.fail(key, ctx.now, maxMessages, ctx.limits.loginLockSeconds)
  return undefined
}
