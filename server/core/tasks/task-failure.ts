import { isFault } from '../fault.ts'
import type { TaskFailure } from './task.ts'

/** What is kept of an error: a fault as it is, of anything else only that it happened. */
export function failureOf(error: unknown): TaskFailure {
  if (!isFault(error)) return { code: 'unavailable', subject: 'task', data: {} }
  const { code, subject, role, data } = error
  return { code, subject, ...(role === undefined ? {} : { role }), data }
}
