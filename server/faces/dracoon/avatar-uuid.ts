/**
 * The id of a user's picture: of the one he gave, or of the one he has until then. That one holds
 * the user's id and his initials, so that the picture can be drawn from its address alone: nothing
 * is looked up for somebody without a token, and nothing is told that the address does not say.
 * Form: UUID version 8 (RFC 9562, 5.8).
 */
export function avatarUuid(
  userId: number,
  names: {
    readonly firstName: string
    readonly lastName: string
    readonly userName: string
    readonly avatar?: string | null
  },
): string {
  if (names.avatar) return names.avatar
  const first = initial(names.firstName || names.lastName ? names.firstName : names.userName)
    .toString(16)
    .padStart(6, '0')
  const last = initial(names.lastName).toString(16).padStart(6, '0')
  const user = Math.max(0, userId).toString(16).padStart(14, '0')
  const initials = `${first}${last.slice(0, 2)}-${last.slice(2)}`
  return `${initials}-8${mark}-8${user.slice(0, 3)}-${user.slice(3)}0`
}

const mark = '5a0'
const form = /^([0-9a-f]{6})([0-9a-f]{2})-([0-9a-f]{4})-85a0-8([0-9a-f]{3})-([0-9a-f]{11})0$/

/** The initials in such an id, if it is one of this user. */
export function initialsOf(uuid: string, userId: number): string | undefined {
  const found = form.exec(uuid.toLowerCase())
  if (!found) return undefined
  const [, first = '', lastHigh = '', lastLow = '', userHigh = '', userLow = ''] = found
  if (Number.parseInt(userHigh + userLow, 16) !== Math.max(0, userId)) return undefined
  const points = [first, lastHigh + lastLow].map((hex) => Number.parseInt(hex, 16))
  if (points.some((point) => point > 0x10ffff)) return undefined
  return points.map((point) => (point === 0 ? '' : String.fromCodePoint(point))).join('')
}

function initial(name: string): number {
  return name.trim().toUpperCase().codePointAt(0) ?? 0
}
