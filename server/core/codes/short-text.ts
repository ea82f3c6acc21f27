import type { Ctx } from '../ctx.ts'
import type { Code } from './code.ts'

/** Six decimal digits. */
export function sixDigits({ secrets }: Pick<Ctx, 'secrets'>): string {
  // 48 random bits: no digit is preferred by more than one in a hundred million.
  const random = Number.parseInt(secrets.digest(secrets.token()).slice(0, 12), 16)
  return String(random % 1_000_000).padStart(6, '0')
}

/** Letters that are not taken for each other, and that spell nothing. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

/** Eight letters in two groups, for typing on another device: 34 bits. */
export function eightLetters({ secrets }: Pick<Ctx, 'secrets'>): string {
  let random = Number.parseInt(secrets.digest(secrets.token()).slice(0, 12), 16)
  let text = ''
  for (let at = 0; at < 8; at += 1) {
    text += letters[random % letters.length]
    random = Math.floor(random / letters.length)
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/**
 * The one-way form of a short text: under the server's key, since so few texts are possible, and
 * bound to its code. Codes that wait for a device are looked up by it and are bound to nothing.
 */
export function shortDigest(
  { secrets }: Pick<Ctx, 'secrets'>,
  code: Pick<Code, 'id' | 'purpose'>,
  short: string,
): string {
  const owner = code.purpose === 'pair-device' ? '' : String(code.id)
  return secrets.sign(`code:${code.purpose}`, `${owner} ${short}`)
}
