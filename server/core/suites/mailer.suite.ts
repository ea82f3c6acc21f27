import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mail, Mailer } from '../mail/mailer.ts'
import { faultOf } from './node-world.suite.ts'

export type MailerSubject = {
  readonly mailer: Mailer
  /** What has arrived so far. */
  arrived(): readonly Pick<Mail, 'to' | 'subject' | 'text'>[]
  stop(): Promise<void>
}

/** What every mailer has to do. */
export function mailerSuite(name: string, make: () => Promise<MailerSubject>): void {
  describe(`${name} is a mailer`, () => {
    let subject: MailerSubject
    const plain = { to: 'ann@example.test', subject: 'Grüße 🚀', text: 'Zeile 1\n.\nZeile 3\n' }
    const tried = (changes: Partial<Mail>) => faultOf(subject.mailer.send({ ...plain, ...changes }))
    beforeAll(async () => {
      subject = await make()
    })
    afterAll(() => subject.stop())

    it('sends text as it is, and HTML beside it', async () => {
      await subject.mailer.check()
      await subject.mailer.send(plain)
      const html = '<p>Zeile 1</p>'
      await subject.mailer.send({ ...plain, to: 'bob@example.test', html, id: 'one.1' })
      expect(subject.arrived()).toMatchObject([plain, { ...plain, to: 'bob@example.test' }])
    })

    it('lets nothing into the headers', async () => {
      const before = subject.arrived().length
      for (const to of [
        'ann@example.test\r\nBcc: all@example.test',
        'ann@example.test, bob@example.test',
        'Ann <ann@example.test>',
        '<ann@example.test>',
        'ann@example.test\u2028',
        'ann',
        '',
        `${'a'.repeat(250)}@example.test`,
      ]) {
        expect(await tried({ to }), to).toBe('invalid mail')
      }
      for (const text of ['a\r\nBcc: all@example.test', 'a\nb', 'a\rb', 'a\0b', 'a\u2028b']) {
        expect(await tried({ subject: text }), text).toBe('invalid mail')
      }
      expect(subject.arrived().length).toBe(before)
    })
  })
}
