import { expect, test } from 'vitest'
import { eventTypeOf, logOperations } from './log-operations.ts'

test('a number of the log stands for one event', () => {
  for (const [type, [id]] of Object.entries(logOperations)) expect(eventTypeOf(id)).toBe(type)
})
