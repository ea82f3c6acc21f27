import { checkText } from '../../lib/names/plain-text.ts'
import { countMessage, issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import type { Ctx } from '../ctx.ts'
import type { Lease } from '../jobs/lease.ts'
import { resetLetter } from '../mail/letters/account-letters.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail, requireMailer } from '../mail/queue-mail.ts'
import { countAsking } from '../sessions/count-asking.ts'
import { closedAccount } from '../sessions/with-account.ts'
import type { LoginKind } from './user-store.ts'

export type RequestReset = {
  readonly login: string
  /** How `login` is meant; default: a user name, or an address that is one account's. */
  readonly by?: LoginKind
  /** The address to mail, see `linkFrom`. */
  readonly link: string
}

const maxLogin = 320

/**
 * Somebody has forgotten his password: the account, if there is one that may be used and has an
 * address, gets a mail with a link that sets a new one. Nothing tells whether there is: the
 * look-up is background work, and the answer is the same in the same time. Faults: 'unsupported'
 * 'mail'; 'locked' 'session' for a network that asks too often.
 */
export async function requestReset(ctx: Ctx, { login, by, link }: RequestReset): Promise<void> {
  requireMailer(ctx)
  const isText = login !== '' && checkText(login, maxLogin) === undefined
  const payload = { login: isText ? login : '', by: by ?? '', link }
  // While one is waiting, asking again changes nothing.
  const key = `reset:${ctx.secrets.digest(JSON.stringify(payload))}`
  const outcome = await ctx.write(async (tx) => {
    const tooMany = await countAsking(ctx, tx, 'reset')
    if (tooMany) return tooMany
    await tx.jobs.enqueue('mail-reset', payload, ctx.now, key)
    return undefined
  })
  if (outcome) throw outcome
}

/** The 'mail-reset' job: what `requestReset` promised. */
export async function mailResetJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { login, by, link } = lease.job.payload
  await ctx.write(async (tx) => {
    await lease.finish(tx)
    const way = by === '' ? undefined : (by as LoginKind)
    const user = await tx.users.findByLogin(String(login), way)
    if (!user || user.email === null || closedAccount(ctx, user)) return
    if (await countMessage(ctx, tx, user.id, 'reset-password')) return
    const { email } = user
    const { code, secret } = await issueCode(ctx, tx, {
      purpose: 'reset-password',
      userId: user.id,
      seconds: ctx.limits.resetSeconds,
      data: { email },
    })
    const address = linkFrom(String(link), { secret, userId: user.id })
    const facts = { userName: user.userName, address, until: code.expireAt }
    await queueMail(ctx, tx, { to: email, ...resetLetter(mailLanguage(user.language), facts) })
  })
}
