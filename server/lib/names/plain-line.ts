/** Which rule a one-line text (names of people, labels) breaks. */
export type LineRule = 'empty' | 'unicode' | 'control' | 'invisible' | 'length'

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/
/** Bidi embeddings, overrides and isolates, which make a line read as another one. */
const turning = /[\u202A-\u202E\u2066-\u2069]/

/**
 * Checks a text of one line: well-formed, without control characters and what turns its direction,
 * at most `maxLength` UTF-16 units; not empty where it is `required`. Undefined: fine.
 */
export function checkLine(text: string, maxLength: number, required = false): LineRule | undefined {
  if (text.length > maxLength) return 'length'
  if (required && text.trim() === '') return 'empty'
  if (!text.isWellFormed()) return 'unicode'
  if (control.test(text)) return 'control'
  return turning.test(text) ? 'invisible' : undefined
}
