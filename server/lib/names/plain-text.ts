/** Which rule a free text (notes, labels, search terms) breaks. */
export type TextRule = 'unicode' | 'control' | 'length'

/**
 * Checks free text before it goes to a store: well-formed, no NUL (PostgreSQL cannot hold it) and
 * at most `maxLength` UTF-16 units. Line breaks and tabs are ordinary. Undefined: fine.
 */
export function checkText(text: string, maxLength: number): TextRule | undefined {
  if (text.length > maxLength) return 'length'
  if (!text.isWellFormed()) return 'unicode'
  return text.includes('\u0000') ? 'control' : undefined
}
