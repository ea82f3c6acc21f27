import type { SentMessageInfo } from 'nodemailer'
import { fault } from '../../core/fault.ts'
import { checkMail } from '../../core/mail/mail-fields.ts'
import type { Mailer } from '../../core/mail/mailer.ts'

export type SmtpOptions = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. */
  readonly isSecure: boolean
  /** What is done about STARTTLS where `isSecure` is false. */
  readonly startTls: 'required' | 'offered' | 'never'
  readonly user: string | undefined
  readonly password: string | undefined
  /** `name@host`, or `Name <name@host>`. */
  readonly from: string
}

/** Shorter in all than the lease of a job. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 25_000 }

/** The library is loaded with the first mail: most installations start faster without it. */
async function openTransport(options: SmtpOptions) {
  const { host, port, isSecure, startTls, user, password } = options
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: isSecure,
    requireTLS: startTls === 'required',
    ignoreTLS: startTls === 'never',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...timeouts,
    dnsTimeout: 10_000,
    pool: true,
    maxConnections: 2,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { minVersion: 'TLSv1.2' },
  })
  // What failed is told to the sender; an idle connection that ends is nobody's matter.
  transport.on('error', () => undefined)
  return transport
}

/** A mailer over SMTP. It keeps a few connections, opened when there is something to send. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const { from } = options
  let opened: ReturnType<typeof openTransport> | undefined
  const transport = () => {
    opened ??= openTransport(options)
    return opened
  }
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
  return {
    async send(mail) {
      checkMail(mail)
      const { to, subject, text, html, id } = mail
      const messageId = id === undefined ? {} : { messageId: `<${id}@${domain}>` }
      const headers = { 'Auto-Submitted': 'auto-generated' }
      const smtp = await transport()
      try {
        const sent = { from, to: { name: '', address: to }, subject, text, html }
        await (smtp.sendMail({ ...sent, ...messageId, headers }) as Promise<SentMessageInfo>)
      } catch (error) {
        refuse(error)
      }
    },
    async check() {
      await (await transport()).verify()
    },
    close: () => void opened?.then((smtp) => smtp.close()),
  }
}

type SmtpError = Partial<{ code: string; responseCode: number; command: string }>

/** An answer 5xx to this mail stays as it is; everything else may pass. */
function refuse(error: unknown): never {
  const { code = '', responseCode = 0, command = '' } = error as SmtpError
  const facts = { code, command, status: responseCode }
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (isOfMail && responseCode >= 500) return fault('invalid', 'mail', undefined, facts)
  return fault('unavailable', 'mail', undefined, facts)
}
