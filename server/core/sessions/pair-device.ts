import { checkLine } from '../../lib/names/plain-line.ts'
import { actingUser } from '../acting-user.ts'
import type { Code } from '../codes/code.ts'
import { issueCode } from '../codes/issue-code.ts'
import { eightLetters, shortDigest } from '../codes/short-text.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { countAsking } from './count-asking.ts'
import { countersFor, guarded } from './guarded.ts'
import { tellStart } from './sign-in.ts'
import { startSession } from './start-session.ts'
import { closedAccount } from './with-account.ts'

export type Pairing = {
  /** Known to the program alone; it asks with it until somebody has let it in. */
  readonly deviceSecret: string
  /** Shown by the program and typed by the user where he is signed in. */
  readonly userCode: string
  readonly expireAt: number
}

const maxLabel = 150

/**
 * A program on another device wants to be let in (RFC 8628 in short). Faults: 'invalid' 'session'
 * with data.field 'device'; 'locked' 'session' for a network that asks too often.
 */
export async function beginPairing(ctx: Ctx, { label = '' }: { label?: string }): Promise<Pairing> {
  const rule = checkLine(label, maxLabel)
  if (rule) fault('invalid', 'session', undefined, { field: 'device', rule })
  const userCode = eightLetters(ctx)
  const outcome = await ctx.write(async (tx) => {
    const tooMany = await countAsking(ctx, tx, 'pair')
    if (tooMany) return tooMany
    return issueCode(ctx, tx, {
      purpose: 'pair-device',
      userId: null,
      seconds: ctx.limits.codeSeconds,
      short: userCode,
      data: { device: label },
    })
  })
  if (outcome instanceof Fault) throw outcome
  return { deviceSecret: outcome.secret, userCode, expireAt: outcome.code.expireAt }
}

/**
 * Who is signed in lets the program in that shows this code, as himself. Wrong codes are counted
 * for him. Faults: 'wrong-credentials' and 'locked' 'code'.
 */
export async function approvePairing(
  ctx: Ctx,
  { userCode }: { readonly userCode: string },
): Promise<void> {
  const { userId } = actingUser(ctx)
  const short = shortDigest(ctx, { id: 0, purpose: 'pair-device' }, spelt(userCode))
  const find = (tx: Tx) => tx.codes.findByShort('pair-device', short)
  const found = await ctx.read(find)
  await guarded<undefined>(ctx, {
    subject: 'code',
    counters: countersFor(ctx, `pair:${userId}`, 'net'),
    check: async () => found !== undefined && found.code.expireAt > ctx.now,
    right: async (tx) => {
      if (!found || !(await tx.codes.take(found.code.id, userId))) {
        return new Fault('wrong-credentials', 'code')
      }
      const data = { purpose: 'pair-device' }
      await recordEvents(ctx, tx, [{ type: 'code.issued', subjectId: userId, data }])
      return undefined
    },
  })
}

/** As people type it: any case, with or without what stands between the groups. */
function spelt(userCode: string): string {
  const letters = userCode
    .slice(0, 99)
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

export type PairingState =
  | { readonly state: 'pending' | 'expired' | 'unknown' }
  | { readonly state: 'approved'; readonly token: string }

/** Whether somebody has let the program in; the token of its session is told once. */
export async function pollPairing(
  ctx: Ctx,
  { deviceSecret }: { readonly deviceSecret: string },
): Promise<PairingState> {
  const digest = ctx.secrets.digest(deviceSecret.slice(0, 200))
  const seen = await ctx.read((tx) => tx.codes.findBySecret(digest))
  const code = seen?.code
  if (code?.purpose !== 'pair-device' || code.consumedAt !== null) return { state: 'unknown' }
  if (code.expireAt <= ctx.now) return { state: 'expired' }
  if (code.userId === null) return { state: 'pending' }
  return ctx.write((tx) => letIn(ctx, tx, code, code.userId ?? 0))
}

async function letIn(ctx: Ctx, tx: Tx, code: Code, userId: number): Promise<PairingState> {
  const isFirst = await tx.codes.consume(code.id, ctx.now)
  const user = await tx.users.find(userId)
  if (!isFirst || !user || closedAccount(ctx, user)) return { state: 'unknown' }
  const data: Record<string, string> = { device: code.data.device ?? '' }
  const issued = await startSession(ctx, tx, { kind: 'cookie', userId, data })
  await tellStart(ctx, tx, issued, user)
  return { state: 'approved', token: issued.token }
}
