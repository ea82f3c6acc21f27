import { fault } from '../fault.ts'
import { phoneNumber } from './phone-number.ts'
import type { TextMessage } from './texter.ts'

/** Characters of one message: a few of the parts in which it travels. */
export const maxTextLength = 1000

/** Faults 'invalid' 'text' with data.field and data.rule. */
export function checkTextMessage({ to, text }: TextMessage): void {
  if (phoneNumber(to) !== to) fault('invalid', 'text', undefined, { field: 'to', rule: 'phone' })
  if (text === '' || text.length > maxTextLength) {
    fault('invalid', 'text', undefined, { field: 'text', rule: 'length' })
  }
}
