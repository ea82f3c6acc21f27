import { invisibleIn } from './invisible.ts'
import { nameKey } from './name-key.ts'

/** Which rule of `checkName` a name breaks. */
export type NameRule =
  | 'empty'
  | 'unicode' // a lone surrogate or a noncharacter: cannot be written in UTF-8 or XML
  | 'control' // C0, DEL, C1, line and paragraph separator
  | 'invisible' // bidi controls and what has no form of its own
  | 'character' // one of \ < > : " | ? * /
  | 'dots' // . or ..
  | 'hyphen' // leading -
  | 'space' // leading or trailing white space
  | 'trailing-dot'
  | 'reserved' // a device name of Windows
  | 'length' // more than 255 bytes

export type CheckedName = { readonly name: string; readonly key: string }

/** Bytes of UTF-8, the limit of the common file systems. */
export const maxNameBytes = 255

const noncharacter = /[\uFDD0-\uFDEF\p{Noncharacter_Code_Point}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/
const separator = /[\\<>:"|?*/]/
const device = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9¹²³])$/i

/**
 * Takes a name as a client sent it and answers its NFC form and key, or the first rule that it
 * breaks. One set of rules for every face, the union of what their clients' file systems refuse
 * (docs/GLOSSARY.md, "Names"). Nothing is cut, trimmed or replaced. A percent sign is an ordinary
 * character: decoding ends at the edge, so '%2F' here is three characters of the name.
 */
export function checkName(raw: string): CheckedName | { readonly rule: NameRule } {
  // NFC makes of four units one at most, so that much longer names need no normalising.
  if (raw.length > maxNameBytes * 4) return { rule: 'length' }
  if (!raw.isWellFormed()) return { rule: 'unicode' }
  const name = raw.normalize('NFC')
  const rule = brokenRule(name)
  return rule === undefined ? { name, key: nameKey(name) } : { rule }
}

function brokenRule(name: string): NameRule | undefined {
  if (name === '') return 'empty'
  if (noncharacter.test(name)) return 'unicode'
  if (control.test(name)) return 'control'
  if (invisibleIn(name)) return 'invisible'
  if (separator.test(name)) return 'character'
  if (name === '.' || name === '..') return 'dots'
  if (name.startsWith('-')) return 'hyphen'
  if (name.trim() !== name) return 'space'
  if (name.endsWith('.')) return 'trailing-dot'
  if (isDevice(name)) return 'reserved'
  if (utf8Bytes(name) > maxNameBytes) return 'length'
  return undefined
}

/** Windows looks at what stands before the first dot and overlooks spaces at its end. */
function isDevice(name: string): boolean {
  const [base = ''] = name.split('.', 1)
  return device.test(base.trimEnd())
}

/** Length of a well-formed text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    // A pair of surrogates is four bytes: two for each half.
    else bytes += unit >= 0xd800 && unit <= 0xdfff ? 2 : 3
  }
  return bytes
}
