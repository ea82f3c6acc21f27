import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived, with the addresses it was really sent to. */
export type SunkMail = {
  readonly to: readonly string[]
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  /** The first address in the text that starts so; throws where there is none. */
  link(start?: string): string
}

export type MailSink = {
  /** Settings with which a server sends its mails here. */
  readonly env: Readonly<Record<string, string>>
  readonly mails: readonly SunkMail[]
  /** The next mail to this address that was not answered before; fails after `timeoutMs`. */
  waitForMail(to: string, timeoutMs?: number): Promise<SunkMail>
  /** Until it is called with null, answers every recipient like this: '451 Try again later'. */
  refuseWith(reply: string | null): void
  stop(): Promise<void>
}

/** The base of the addresses in mails of a server with `env` of a sink. */
export const mailedUrl = 'https://files.example.test'

/** A real SMTP server on a free port of this machine that keeps what it is sent. */
export async function startMailSink(login?: { user: string; pass: string }): Promise<MailSink> {
  const mails: SunkMail[] = []
  const answered = new Set<SunkMail>()
  let refusal: string | null = null
  const server = new SMTPServer({
    disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: !login,
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.pass
      if (isRight) done(null, { user: username })
      else done(new Error('Wrong user name or password'))
    },
    onRcptTo(_address, _session, done) {
      if (refusal === null) return done()
      const responseCode = Number(refusal.slice(0, 3))
      done(Object.assign(new Error(refusal.slice(4)), { responseCode }))
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      simpleParser(stream).then(
        (parsed) => {
          mails.push(sunk(to, parsed))
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const credentials = login ? `${login.user}:${encodeURIComponent(login.pass)}@` : ''
  const next = (to: string) => mails.find((mail) => mail.to.includes(to) && !answered.has(mail))
  return {
    env: {
      STRONGROOM_SMTP_URL: `smtp://${credentials}127.0.0.1:${port}`,
      STRONGROOM_MAIL_FROM: 'Strongroom <files@example.test>',
      STRONGROOM_PUBLIC_URL: mailedUrl,
    },
    mails,
    async waitForMail(to, timeoutMs = 10_000) {
      const end = Date.now() + timeoutMs
      let mail = next(to)
      while (!mail && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        mail = next(to)
      }
      if (!mail) throw new Error(`no mail to ${to} within ${timeoutMs} ms`)
      answered.add(mail)
      return mail
    },
    refuseWith(reply) {
      refusal = reply
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function sunk(to: readonly string[], parsed: ParsedMail): SunkMail {
  const text = parsed.text ?? ''
  return {
    to,
    from: parsed.from?.text ?? '',
    subject: parsed.subject ?? '',
    text,
    html: parsed.html || '',
    messageId: parsed.messageId ?? '',
    link(start = mailedUrl) {
      const found = text.split(/\s+/).find((word) => word.startsWith(start))
      if (found === undefined) throw new Error(`the mail holds no address ${start}: ${text}`)
      return found
    },
  }
}
