const written = /^\+[0-9 ()/.-]{3,39}$/
const international = /^\+[1-9][0-9]{6,14}$/

/**
 * A telephone number in E.164 form, `+491701234567`; undefined for what is none. Spaces, brackets
 * and dashes go, and a `(0)` behind the country's code, which is not dialled from abroad. A number
 * without its country could be anybody's and is none.
 */
export function phoneNumber(text: string): string | undefined {
  const line = text.trim()
  if (!written.test(line)) return undefined
  const digits = `+${line.replace('(0)', '').replace(/\D/g, '')}`
  return international.test(digits) ? digits : undefined
}
