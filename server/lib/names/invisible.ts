/**
 * Characters without a form of their own, by which two names look the same or one reads backwards:
 * soft hyphen, bidi marks, embeddings, overrides and isolates, zero-width space, word joiner and
 * invisible operators, deprecated formatting, byte order mark, interlinear annotation, the
 * fillers that are drawn as nothing.
 */
const never =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/

const joiner = /[\u200C\u200D]/
const tag = /[\u{E0000}-\u{E007F}]/u
/** Scripts whose spelling needs zero-width joiner and non-joiner. */
const joiningScripts = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Nko', 'Mandaic', 'Devanagari', 'Bengali', 'Gurmukhi'],
  ...['Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer'],
  ...['Myanmar', 'Tibetan'],
]
const joiningLetter = new RegExp(
  `^[${joiningScripts.map((script) => `\\p{Script=${script}}`).join('')}]$`,
  'u',
)
const pictograph = /^\p{Extended_Pictographic}$/u
/** What may stand between a pictograph and the joiner: skin tone, presentation selector. */
const pictographEnd = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u
/** A flag of a region: black flag, tag letters, cancel tag. */
const tagFlag = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F}/gu

/** Whether a well-formed name holds an invisible character that no script and no emoji needs. */
export function invisibleIn(name: string): boolean {
  if (never.test(name)) return true
  if (tag.test(name) && tag.test(name.replace(tagFlag, ''))) return true
  return joiner.test(name) && hasStrayJoiner(name)
}

function hasStrayJoiner(name: string): boolean {
  const points = [...name]
  return points.some((point, at) => {
    if (!joiner.test(point)) return false
    const before = points[at - 1] ?? ''
    const after = points[at + 1] ?? ''
    if (joiningLetter.test(before)) return false
    return !(point === '\u200D' && pictographEnd.test(before) && pictograph.test(after))
  })
}
