import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { smtpMailer } from '../server/adapters/mail/smtp.ts'
import { contextFor } from '../server/core/ctx.ts'
import type { Mail } from '../server/core/mail/mailer.ts'
import { queueMail } from '../server/core/mail/queue-mail.ts'
import { mailerSuite } from '../server/core/suites/mailer.suite.ts'
import { checkMail } from '../server/main/commands/doctor-mail.ts'
import { loadConfig } from '../server/main/config.ts'
import { type MailSink, startMailSink } from './mail-sink.ts'
import { startWorld, type World } from './world.ts'

const login = { user: 'files', pass: 'p@ss/word:1' }

function mailerFor(sink: MailSink, changes: Record<string, string> = {}) {
  const { mail } = loadConfig({ ...sink.env, ...changes })
  if (!mail) throw new Error('the sink gives no settings')
  return smtpMailer(mail)
}

mailerSuite('smtpMailer', async () => {
  const sink = await startMailSink(login)
  const mailer = mailerFor(sink)
  return {
    mailer,
    arrived: () => sink.mails.map(({ to, subject, text }) => ({ to: to.join(), subject, text })),
    stop: async () => {
      mailer.close()
      await sink.stop()
    },
  }
})

describe('the mail server', () => {
  let sink: MailSink
  beforeAll(async () => {
    sink = await startMailSink(login)
  })
  afterAll(() => sink.stop())

  const sending = async (changes: Record<string, string>, mail: Partial<Mail> = {}) => {
    const mailer = mailerFor(sink, changes)
    onTestFinished(() => mailer.close())
    await mailer.send({ to: 'ann@example.test', subject: 'Hello', text: 'Hello', ...mail })
  }

  it('gives sender, message id and a mark of what is automatic', async () => {
    await sending({}, { id: 'one.2' })
    const mail = await sink.waitForMail('ann@example.test')
    expect(mail).toMatchObject({
      from: '"Strongroom" <files@example.test>',
      messageId: '<one.2@example.test>',
    })
  })

  it('refuses for the moment, or for good', async () => {
    sink.refuseWith('451 Try again later')
    await expect(sending({})).rejects.toMatchObject({ code: 'unavailable', subject: 'mail' })
    sink.refuseWith('550 No such person')
    await expect(sending({})).rejects.toMatchObject({ code: 'invalid', subject: 'mail' })
    sink.refuseWith(null)
  })

  it('does not answer, or lets nobody in', async () => {
    const gone = { STRONGROOM_SMTP_URL: 'smtp://127.0.0.1:1' }
    await expect(sending(gone)).rejects.toMatchObject({ code: 'unavailable' })
    const url = new URL(sink.env.STRONGROOM_SMTP_URL ?? '')
    url.password = 'wrong'
    const error = await sending({ STRONGROOM_SMTP_URL: url.href }).catch((error) => error)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(String(error)).not.toContain('wrong')
  })

  it('is looked at by doctor', async () => {
    const stateOf = async (env: Readonly<Record<string, string>>) => {
      const [diagnosis] = await checkMail(loadConfig(env))
      return `${diagnosis?.state} ${diagnosis?.text}`
    }
    expect(await stateOf({})).toMatch(/^good Mail: none is sent/)
    expect(await stateOf(sink.env)).toMatch(/^good Mail: 127\.0\.0\.1:\d+ answers/)
    const url = new URL(sink.env.STRONGROOM_SMTP_URL ?? '')
    url.password = 'wrong'
    const told = await stateOf({ ...sink.env, STRONGROOM_SMTP_URL: url.href })
    expect(told).toMatch(/^wrong Mail: .*check STRONGROOM_SMTP_URL/)
    expect(told).not.toContain(':wrong')
  })

  it('without TLS is told no password, unless it is this machine', async () => {
    const url = new URL(sink.env.STRONGROOM_SMTP_URL ?? '')
    url.search = '?starttls=required'
    await expect(sending({ STRONGROOM_SMTP_URL: url.href })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

describe('a server with a mail server', () => {
  let world: World
  let sink: MailSink
  beforeAll(async () => {
    sink = await startMailSink(login)
    world = await startWorld({ env: sink.env })
  })
  afterAll(async () => {
    await world?.stop()
    await sink.stop()
  })

  const system = async () => {
    const tenant = await world.app.store.tenants.findDefault()
    return contextFor(world.app, tenant!, { kind: 'system' }, 'test')
  }
  const queue = async (to: string) => {
    const ctx = await system()
    const mail = { to, subject: 'Queued', text: 'A secret' }
    await ctx.write((tx) => queueMail(ctx, tx, mail))
  }

  it('sends within a second of the commit, and nothing without one', async () => {
    const ctx = await system()
    const mail = { to: 'gone@example.test', subject: 'Never', text: 'Never' }
    const failing = ctx.write(async (tx) => {
      await queueMail(ctx, tx, mail)
      throw new Error('no commit')
    })
    await expect(failing).rejects.toThrow('no commit')
    await queue('soon@example.test')
    const found = await sink.waitForMail('soon@example.test')
    expect(found.messageId).toMatch(/^<[\w-]+\.\d+@example\.test>$/)
    expect(sink.mails.some(({ to }) => to.includes('gone@example.test'))).toBe(false)
    await expect.poll(() => ctx.read((tx) => tx.jobs.isDue(Date.now(), 'mail'))).toBe(false)
  })

  it('tries again what is refused for the moment, and ends what is refused for good', async () => {
    const ctx = await system()
    const jobs = () => ctx.read((tx) => tx.jobs.count())
    const before = await jobs()
    sink.refuseWith('451 Greylisted')
    await queue('later@example.test')
    await new Promise((resolve) => setTimeout(resolve, 300))
    sink.refuseWith(null)
    await sink.waitForMail('later@example.test')
    sink.refuseWith('550 No such person')
    await queue('never@example.test')
    await expect.poll(jobs, { timeout: 5000 }).toBe(before)
    sink.refuseWith(null)
  })

  it('is told by its configuration what is missing', () => {
    const { STRONGROOM_PUBLIC_URL: _, ...unaddressed } = sink.env
    expect(() => loadConfig(unaddressed)).toThrow(/needs STRONGROOM_PUBLIC_URL/)
    const { STRONGROOM_MAIL_FROM: __, ...unsigned } = sink.env
    expect(() => loadConfig(unsigned)).toThrow(/belong together/)
    for (const from of ['nobody', 'A <a@b.test>\nBcc: c@d.test', 'a@b.test, c@d.test']) {
      expect(() => loadConfig({ ...sink.env, STRONGROOM_MAIL_FROM: from })).toThrow(/MAIL_FROM/)
    }
    for (const url of ['http://a.test', 'smtp://a.test/x', 'smtp://a.test?tls=no', 'smtp:a']) {
      expect(() => loadConfig({ ...sink.env, STRONGROOM_SMTP_URL: url })).toThrow(/SMTP_URL/)
    }
    const shown = loadConfig(sink.env).shown.map(({ value }) => value)
    expect(shown.join()).not.toContain(encodeURIComponent(login.pass))
  })
})

it('a server without a mail server refuses to queue', async () => {
  const world = await startWorld()
  onTestFinished(() => world.stop())
  const tenant = await world.app.store.tenants.findDefault()
  const ctx = contextFor(world.app, tenant!, { kind: 'system' }, 'test')
  const mail = { to: 'ann@example.test', subject: 'Hello', text: 'Hello' }
  await expect(ctx.write((tx) => queueMail(ctx, tx, mail))).rejects.toMatchObject({
    code: 'unsupported',
    subject: 'mail',
  })
})
