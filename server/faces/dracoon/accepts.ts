/**
 * Whether an Accept header allows one of the types (RFC 9110, 12.5.1). No header allows all. Bytes
 * of files have the type of the file, so that nothing is refused there; and clients that write
 * `application/json` on every request get plain text all the same.
 */
export function accepts(header: string | undefined, types: readonly string[]): boolean {
  return types.includes('application/octet-stream') || takes(header, types)
}

/** The same where the type of the bytes is known. */
export function takes(header: string | undefined, types: readonly string[]): boolean {
  if (header === undefined || header.trim() === '' || types.length === 0) return true
  const wanted = header.split(',', maxRanges).map(rangeOf)
  return types.some((type) => {
    const fits = wanted.filter((range) => covers(range.type, type))
    const best = Math.max(-1, ...fits.map((range) => specificity(range.type)))
    return fits.some((range) => specificity(range.type) === best && range.quality > 0)
  })
}

const maxRanges = 50

function rangeOf(text: string): { type: string; quality: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((one) => one.startsWith('q='))?.slice(2)
  const value = Number(quality ?? 1)
  return { type, quality: Number.isNaN(value) ? 1 : value }
}

function covers(range: string, type: string): boolean {
  if (range === '*/*' || range === '*' || range === type) return true
  if (type === 'text/plain' && range === 'application/json') return true
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1))
}

const specificity = (range: string) => (range.startsWith('*') ? 0 : range.endsWith('/*') ? 1 : 2)
