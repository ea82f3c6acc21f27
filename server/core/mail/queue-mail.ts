import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Tx } from '../store.ts'
import { checkMail } from './mail-fields.ts'
import type { Mail } from './mailer.ts'

/** Faults 'unsupported' 'mail' where this installation sends none. */
export function requireMailer(ctx: Ctx): void {
  if (ctx.mailer === null) fault('unsupported', 'mail')
}

/**
 * Writes a mail as a job in the transaction of the use case: it leaves soon after the commit, and
 * never when there is none. The row keeps it sealed, since mails hold secrets. Faults 'unsupported'
 * 'mail' where this installation sends none, 'invalid' 'mail' with data.field and data.rule.
 */
export async function queueMail(ctx: Ctx, tx: Tx, mail: Mail): Promise<void> {
  requireMailer(ctx)
  checkMail(mail)
  const { to, subject, text, html } = mail
  const sealed = ctx.secrets.seal(JSON.stringify({ to, subject, text, html }))
  await tx.jobs.enqueue('send-mail', { sealed }, ctx.now)
}

/** The 'send-mail' job. A worker that dies between the server's answer and the end sends twice. */
export async function sendMailJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { mailer } = ctx
  if (mailer === null) return fault('unsupported', 'mail')
  const mail = JSON.parse(ctx.secrets.unseal(String(lease.job.payload.sealed))) as Mail
  await mailer.send({ ...mail, id: `${ctx.tenant.uuid}.${lease.job.id}` })
  await ctx.write((tx) => lease.finish(tx))
}
