import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Texter, TextMessage } from '../texts/texter.ts'
import { faultOf } from './node-world.suite.ts'

export type TexterSubject = {
  readonly texter: Texter
  /** What has arrived so far. */
  arrived(): readonly Pick<TextMessage, 'to' | 'text'>[]
  stop(): Promise<void>
}

/** What every texter has to do. */
export function texterSuite(name: string, make: () => Promise<TexterSubject>): void {
  describe(`${name} is a texter`, () => {
    let subject: TexterSubject
    const plain = { to: '+491701234567', text: 'Grüße 🚀 "1"\n2' }
    beforeAll(async () => {
      subject = await make()
    })
    afterAll(() => subject.stop())

    it('sends text as it is', async () => {
      await subject.texter.check()
      await subject.texter.send(plain)
      await subject.texter.send({ ...plain, to: '+4312345678', id: 'one.1' })
      expect(subject.arrived()).toMatchObject([plain, { ...plain, to: '+4312345678' }])
    })

    it('refuses what is no number in E.164 form, and texts of no or any length', async () => {
      const before = subject.arrived().length
      const wrong = ['', '491701234567', '+49 170 1234567', '+0491701234567', '+49', '+49x', 'ann']
      for (const to of wrong) {
        expect(await faultOf(subject.texter.send({ ...plain, to })), to).toBe('invalid text')
      }
      for (const text of ['', 'x'.repeat(1001)]) {
        expect(await faultOf(subject.texter.send({ ...plain, text }))).toBe('invalid text')
      }
      expect(subject.arrived().length).toBe(before)
    })
  })
}
