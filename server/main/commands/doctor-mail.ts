import { smtpMailer } from '../../adapters/mail/smtp.ts'
import type { Config } from '../config.ts'
import { type Diagnosis, good, wrong } from './diagnosis.ts'
import { saidReason } from './said.ts'

/** The mail server answers and lets us in. Nothing is sent. */
export async function checkMail({ mail }: Config): Promise<Diagnosis[]> {
  if (mail === undefined) return [good('Mail: none is sent (STRONGROOM_SMTP_URL)')]
  const place = `${mail.host}:${mail.port}`
  const mailer = smtpMailer(mail)
  try {
    await mailer.check()
    return [good(`Mail: ${place} answers; sender ${mail.from}`)]
  } catch (error) {
    const remedy = 'check STRONGROOM_SMTP_URL, and that the mail server lets us in'
    return [wrong(`Mail: ${place}: ${saidReason(error)}; ${remedy}`)]
  } finally {
    mailer.close()
  }
}
