import { fault } from '../fault.ts'
import type { Mail } from './mailer.ts'

const maxAddress = 254
const maxSubject = 300
const address = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]+$/

/** Control characters, and the separators that some programs take for a line's end. */
const lineBreaking = /[\p{Cc}\u2028\u2029]/u

/** Whether a mail can go to this: one plain address, with nothing of a header in it. */
export function isMailAddress(text: string): boolean {
  return text.length <= maxAddress && address.test(text) && !lineBreaking.test(text)
}

/** Faults 'invalid' 'mail' with data.field and data.rule. */
export function checkMail({ to, subject }: Mail): void {
  if (!isMailAddress(to)) fault('invalid', 'mail', undefined, { field: 'to', rule: 'email' })
  if (lineBreaking.test(subject)) {
    fault('invalid', 'mail', undefined, { field: 'subject', rule: 'control' })
  }
  if (subject.length > maxSubject) {
    fault('invalid', 'mail', undefined, { field: 'subject', rule: 'too-long' })
  }
}
