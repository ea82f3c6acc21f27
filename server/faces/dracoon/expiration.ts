import { readDate } from './dates.ts'
import type { ObjectExpiration } from './generated/shapes.ts'
import { refuseInput } from './refuse.ts'

/** When something ends: undefined when nothing is said, null for never, milliseconds. */
export function readExpiration(
  expiration: ObjectExpiration | undefined,
): number | null | undefined {
  if (!expiration) return undefined
  if (!expiration.enableExpiration) return null
  const time = readDate(expiration.expireAt ?? '')
  return time ?? refuseInput('body.expiration.expireAt', 'required', 'a date is missing')
}
