import { splitEnding } from '../../lib/names/numbered.ts'
import type { FileType } from './generated/shapes.ts'

const byEnding: Readonly<Record<string, FileType>> = Object.fromEntries(
  (
    [
      ['document', 'pdf doc docx odt rtf xls xlsx ods ppt pptx odp epub pages numbers key'],
      [
        'script',
        'js mjs cjs ts py rb php sh bat ps1 pl lua java c h cpp hpp cs go rs swift kt sql',
      ],
      ['web', 'html htm xhtml'],
      ['stylesheet', 'css scss sass less'],
      ['vector', 'svg ai eps'],
      ['archive', 'zip tar gz tgz bz2 xz zst 7z rar jar'],
      ['text', 'txt md csv tsv log json xml yaml yml ini conf toml'],
    ] as const
  ).flatMap(([type, endings]) => endings.split(' ').map((ending) => [ending, type])),
)

const byMediaType: readonly (readonly [RegExp, FileType])[] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/^text\//, 'text'],
]

/** The kind of a file by the ending of its name, then by its media type (dossier 8). */
export function fileType(name: string, mediaType: string): FileType {
  const ending = extension(name).split('.').at(-1)?.toLowerCase() ?? ''
  if (Object.hasOwn(byEnding, ending)) return byEnding[ending] ?? 'other'
  return byMediaType.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'other'
}

/** The ending of a name without its dot; empty when it has none. */
export function extension(name: string): string {
  return splitEnding(name)[1].slice(1)
}

/** The name without its ending. */
export function stem(name: string): string {
  return splitEnding(name)[0]
}
