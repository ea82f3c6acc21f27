/**
 * Letters and digits for pictures, five dots wide and seven high; each row is five bits, the
 * highest on the left, written in base 32 from top to bottom.
 */
export const glyphs: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vggsggv',
  F: 'vggsggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrlhhhh',
  N: 'hppljjh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhhlrh',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  '0': 'ehjlphe',
  '1': '4c4444e',
  '2': 'eh1248v',
  '3': 'v2421he',
  '4': '26aiv22',
  '5': 'vgu11he',
  '6': '68guhhe',
  '7': 'v124888',
  '8': 'ehhehhe',
  '9': 'ehhf12c',
}

/** The dots of a letter, row by row; undefined for a character that has no glyph here. */
export function glyphRows(character: string): readonly number[] | undefined {
  const rows = Object.hasOwn(glyphs, character) ? glyphs[character] : undefined
  return rows === undefined ? undefined : [...rows].map((row) => Number.parseInt(row, 32))
}
