import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import { queueSealed, sendSealed } from '../jobs/sealed-job.ts'
import type { Tx } from '../store.ts'
import { checkMail } from './mail-fields.ts'
import type { Mail } from './mailer.ts'

/** Faults 'unsupported' 'mail' where this installation sends none. */
export function requireMailer(ctx: Ctx): void {
  if (ctx.mailer === null) fault('unsupported', 'mail')
}

/**
 * Queues a mail with the transaction of the use case (`queueSealed`). Faults 'unsupported' 'mail'
 * where this installation sends none, 'invalid' 'mail' with data.field and data.rule.
 */
export async function queueMail(ctx: Ctx, tx: Tx, mail: Mail): Promise<void> {
  requireMailer(ctx)
  checkMail(mail)
  const { to, subject, text, html } = mail
  await queueSealed(ctx, tx, 'send-mail', { to, subject, text, html })
}

/** The 'send-mail' job. */
export async function sendMailJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { mailer } = ctx
  if (mailer === null) return fault('unsupported', 'mail')
  await sendSealed<Mail>(ctx, lease, (mail) => mailer.send(mail))
}
