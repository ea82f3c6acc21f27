const dotlessI = 'ı'

/**
 * What two sibling names must not share: NFC and full case folding, so that 'Straße' and 'STRASSE',
 * NFC and NFD forms, 'ς', 'σ' and 'Σ' are one name. Built from the case mappings that every engine
 * has (lower, upper, lower: 'ẞ' → 'ß' → 'SS' → 'ss'); the final sigma is made plain and the dotless
 * 'ı' is kept apart from 'i', as Unicode's CaseFolding.txt (statuses C and F) does.
 */
export function nameKey(name: string): string {
  let folded = fold(name.normalize('NFC'))
  // Folding may leave a form that composes and folds once more ('ΐ' and its like): to the end.
  for (let round = 0; round < 3; round++) {
    const again = fold(folded)
    if (again === folded) break
    folded = again
  }
  return folded
}

function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  const lowered = text.toLowerCase().split(dotlessI)
  const parts = lowered.map((part) => part.toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
  return parts.join(dotlessI).normalize('NFC')
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return false
  }
  return true
}
