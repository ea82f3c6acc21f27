import { fault } from '../fault.ts'

const number = /^\+?[0-9][0-9 ()/.-]{3,39}$/

/**
 * Text messages to phone numbers: this program knows nobody who would send them. Faults 'invalid'
 * 'message' for what is no number, else 'unsupported' 'message'; nothing for nobody.
 */
export function refuseMessages(numbers: readonly string[] = []): void {
  if (numbers.length === 0) return
  if (!numbers.every((one) => number.test(one))) {
    fault('invalid', 'message', undefined, { field: 'phone', rule: 'phone' })
  }
  fault('unsupported', 'message')
}
