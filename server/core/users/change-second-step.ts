import type { Code, CodeChannel } from '../codes/code.ts'
import { type SentCode, sendCode, sendCodeBy, wayByMail } from '../codes/send-code.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { phoneNumber } from '../texts/phone-number.ts'
import { isRecent } from './new-address.ts'
import { codeNumberOf, secondStepBy, withSecondStep } from './second-step.ts'
import type { User } from './user.ts'

export type StepWish = {
  /** How codes are to go; null: no second step; undefined: as it is. */
  readonly to: CodeChannel | null | undefined
  /** The number that the account is to have; undefined: as it is. */
  readonly phone: string | null | undefined
  /** A code that was taken as proof. */
  readonly code: Code | undefined
}

/** What is to be written, nothing where all stays; or a code on its way that is wanted first. */
export type StepChange = { readonly profile?: User['profile']; readonly sent?: SentCode }

/**
 * Turns the second step on or off, or to another way. By mail it is turned on at once. Turning it
 * off, and from text messages to mail, takes a code that goes where codes go now. For text messages
 * the number has to be proven by a code that is sent there, soon after signing in: whoever finds a
 * session cannot have codes come to himself. Faults are returned: those of `sendCode`;
 * 'unsupported' 'text'; 'invalid' 'user' with data.field 'phone'; 'password-required' 'user';
 * 'wrong-credentials' 'code' for one that went to another number.
 */
export async function changeSecondStep(
  ctx: Ctx,
  tx: Tx,
  user: User,
  wish: StepWish,
): Promise<StepChange | Fault> {
  const { to, code } = wish
  if (to === undefined) return {}
  if (to === 'text') return toText(ctx, tx, user, wish)
  const now = secondStepBy(user)
  if (to === now) return {}
  if (now !== null && code === undefined) return asked(await sendCode(ctx, tx, user, 'confirm'))
  const way = to === 'mail' ? wayByMail(ctx, user) : undefined
  return way instanceof Fault ? way : { profile: withSecondStep(user.profile, to) }
}

async function toText(
  ctx: Ctx,
  tx: Tx,
  user: User,
  { phone = user.phone, code }: StepWish,
): Promise<StepChange | Fault> {
  if (ctx.texter === null) return new Fault('unsupported', 'text')
  const number = phoneNumber(phone ?? '')
  if (number === undefined) {
    const rule = phone === null ? 'missing' : 'form'
    return new Fault('invalid', 'user', undefined, { field: 'phone', rule })
  }
  if (codeNumberOf(user) === number) return {}
  if (code !== undefined) {
    if (code.data.to !== number) return new Fault('wrong-credentials', 'code')
    return { profile: withSecondStep(user.profile, { phone: number }) }
  }
  if (!(await isRecent(ctx, tx))) return new Fault('password-required', 'user')
  const way = { channel: 'text', to: number } as const
  return asked(await sendCodeBy(ctx, tx, user, { purpose: 'verify-phone', way }))
}

function asked(sent: SentCode | Fault): StepChange | Fault {
  return sent instanceof Fault ? sent : { sent }
}
