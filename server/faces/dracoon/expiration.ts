import { readDate } from './dates.ts'
import type { ObjectExpiration } from './generated/shapes.ts'
import { refuseInput } from './refuse.ts'

/** Nothing is dated from here on: who means never says so. */
const latest = Date.UTC(9000, 0, 1)

/** When something ends: undefined when nothing is said, null for never, milliseconds. */
export function readExpiration(
  expiration: ObjectExpiration | undefined,
): number | null | undefined {
  if (!expiration) return undefined
  if (!expiration.enableExpiration) return null
  const time = readDate(expiration.expireAt ?? '')
  if (time !== undefined && time >= latest) {
    return refuseInput('body.expiration.expireAt', 'future', 'the year is too far in the future')
  }
  return time ?? refuseInput('body.expiration.expireAt', 'required', 'a date is missing')
}
