import { maxNameBytes, utf8Bytes } from './name.ts'

/** Endings that belong together: the number goes before both parts. */
const double = /\.tar\.[a-z0-9]{1,4}$/i
/** Longer things after a dot are part of the stem: 'Minutes of 3. meeting with the board'. */
const maxEndingBytes = 20

/**
 * Cuts a name into stem and ending (with its dot). Hidden files ('.profile') and names without a
 * short ending without spaces have none; 'a.tar.gz' ends in '.tar.gz'.
 */
export function splitEnding(name: string): readonly [stem: string, ending: string] {
  const twice = double.exec(name)
  if (twice && twice.index > 0) return [name.slice(0, twice.index), twice[0]]
  const dot = name.lastIndexOf('.')
  const ending = name.slice(dot)
  if (dot <= 0 || ending.includes(' ') || utf8Bytes(ending) > maxEndingBytes) return [name, '']
  return [name.slice(0, dot), ending]
}

/**
 * The name to take when `name` is taken: 'a (1).txt', 'a.tar (1).gz' never. Containers keep the
 * whole name as stem. Where that would pass 255 bytes the stem is shortened at the end of a
 * grapheme, the one place where a name is ever cut; its ending and number stay whole.
 */
export function numbered(name: string, n: number, isFile = true): string {
  const [stem, ending] = isFile ? splitEnding(name) : [name, '']
  const tail = ` (${n})${ending}`
  const room = maxNameBytes - utf8Bytes(tail)
  return (utf8Bytes(stem) <= room ? stem : shortened(stem, room)) + tail
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

function shortened(stem: string, bytes: number): string {
  const kept = within(
    Array.from(graphemes.segment(stem), ({ segment }) => segment),
    bytes,
  )
  // One grapheme may be longer than a whole name; then it is cut between code points.
  return (kept || within([...stem], bytes)).trimEnd()
}

function within(pieces: readonly string[], bytes: number): string {
  let used = 0
  let end = 0
  while (end < pieces.length) {
    const next = used + utf8Bytes(pieces[end]!)
    if (next > bytes) break
    used = next
    end += 1
  }
  return pieces.slice(0, end).join('')
}
