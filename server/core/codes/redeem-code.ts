import { sameText } from '../../lib/bytes/same-text.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { type Code, type CodePurpose, maxCodeFailures } from './code.ts'
import type { KeptCode } from './code-store.ts'
import { shortDigest } from './short-text.ts'

/** How a code comes back: its secret, or the user whose newest one is meant; and its short text. */
export type CodeProof = {
  readonly purposes: readonly CodePurpose[]
  readonly secret?: string
  /** Must be the code's user; without `secret` it is the user's newest code. */
  readonly userId?: number
  /** Needed where the code has one. */
  readonly short?: string
}

/**
 * Takes a code, once, and runs `use` in the same transaction; what `use` throws leaves the code
 * good, a Fault that it returns is thrown after the commit. Faults: 'wrong-credentials' 'code' for
 * what is unknown, used, somebody else's, of another purpose or has another short text; 'expired'
 * 'code' past its end; 'locked' 'code' after too many wrong short texts. Each wrong one is counted
 * before it is answered.
 */
export async function redeemCode<T>(
  ctx: Ctx,
  proof: CodeProof,
  use: (tx: Tx, code: Code) => Promise<T | Fault>,
): Promise<T> {
  return settle(ctx, proof, async (tx, code) => {
    if (!(await tx.codes.consume(code.id, ctx.now))) return wrong()
    return use(tx, code)
  })
}

/** Whether a code is good; it stays so. Faults like `redeemCode`, and counts like it. */
export async function checkCode(ctx: Ctx, proof: CodeProof): Promise<Code> {
  return settle(ctx, proof, async (_tx, code) => code)
}

async function settle<T>(
  ctx: Ctx,
  proof: CodeProof,
  right: (tx: Tx, code: Code) => Promise<T | Fault>,
): Promise<T> {
  const outcome = await ctx.write(async (tx): Promise<T | Fault> => {
    const kept = await lookUp(ctx, tx, proof)
    // Held first, then looked at: of many tries at once each sees the failures before it.
    const code = kept && (await tx.codes.hold(kept.code.id))
    if (!code || !fits(code, proof)) return wrong()
    if (code.failures >= maxCodeFailures) return new Fault('locked', 'code')
    if (code.expireAt <= ctx.now) return new Fault('expired', 'code')
    if (!hasShort(ctx, kept, proof)) return countWrong(ctx, tx, code)
    return right(tx, code)
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

/** Longer than any secret that was given out. */
const maxSecret = 200

async function lookUp(ctx: Ctx, tx: Tx, proof: CodeProof): Promise<KeptCode | undefined> {
  const { secret, userId, purposes } = proof
  if (secret !== undefined) {
    if (secret === '' || secret.length > maxSecret) return undefined
    return tx.codes.findBySecret(ctx.secrets.digest(secret))
  }
  const [purpose] = purposes
  if (userId === undefined || purpose === undefined) return undefined
  return tx.codes.newestOf(userId, purpose)
}

function fits(code: Code, { purposes, userId }: CodeProof): boolean {
  if (code.consumedAt !== null || !purposes.includes(code.purpose)) return false
  return userId === undefined || code.userId === userId
}

function hasShort(ctx: Ctx, { code, shortDigest: kept }: KeptCode, { short }: CodeProof): boolean {
  if (kept === null) return true
  if (short === undefined || short.length > maxSecret) return false
  return sameText(shortDigest(ctx, code, short.trim()), kept)
}

async function countWrong(ctx: Ctx, tx: Tx, code: Code): Promise<Fault> {
  await tx.codes.fail(code.id)
  const { purpose, userId } = code
  if (userId !== null) {
    await recordEvents(ctx, tx, [{ type: 'code.failed', subjectId: userId, data: { purpose } }])
  }
  return wrong()
}

function wrong(): Fault {
  return new Fault('wrong-credentials', 'code')
}
