import { checkMail } from '../../core/mail/mail-fields.ts'
import type { Mail, Mailer } from '../../core/mail/mailer.ts'

/** Keeps what it is given, for tests. */
export type MemoryMailer = Mailer & { readonly sent: Mail[] }

export function memoryMailer(): MemoryMailer {
  const sent: Mail[] = []
  return {
    sent,
    async send(mail) {
      checkMail(mail)
      sent.push(mail)
    },
    async check() {},
    close() {},
  }
}
