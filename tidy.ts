import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix, relative } from 'node:path'
import { functionSpans, type Masked, maskSource, type Span } from './tools/mask-source.ts'

/** One breach of the house rules; `line` counts from 1. */
export type Breach = { file: string; line: number; rule: string; text: string }

type Source = Masked & { file: string; text: string; layer: string; test: boolean }
type Found = { line: number; text: string }
type Rule = { name: string; finds: (source: Source) => Found[] }

const maxFileLines = 400
const maxFunctionLines = 70
const maxColumns = 100
const roots = ['server', 'contract', 'bench', 'tools', 'bin', 'crypto', 'examples', 'sdk', 'web']
const unread = new Set(['node_modules', 'dist', 'coverage', 'data'])
const bannedFolders = ['utils', 'helpers', 'common', 'misc', 'shared', 'internal']
const vendors = ['dracoon', 'cloudike', 'drumee']

/** The layer a file belongs to: `core`, `faces/dracoon`, `main`, `contract`, … or `root`. */
function layerOf(file: string): string {
  const [top = '', second = '', third = ''] = file.split('/')
  if (!file.includes('/')) return 'root'
  if (top !== 'server') return top
  if (second !== 'faces') return second
  return file.split('/').length > 3 ? `faces/${third}` : 'faces'
}

/**
 * Whether a file of layer `from` may import `target`; both inside the project. Files right in
 * `faces` (the row, the mount) serve every face and see none; tests of core run on adapters.
 */
function mayImport(from: string, target: string, test: boolean): boolean {
  const to = layerOf(target)
  if (from === to || to === 'root') return true
  if (['main', 'tools', 'root', 'contract', 'bench'].includes(from)) return true
  if (from === 'core') return to === 'lib' || (test && to === 'adapters')
  if (from === 'adapters') return to === 'core' || to === 'lib'
  if (from === 'faces') return to === 'core' || to === 'lib'
  if (from.startsWith('faces/')) return ['core', 'lib', 'faces'].includes(to)
  if (from === 'web') return to === 'sdk' || to === 'crypto'
  return false
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** Every place where `pattern` (global) matches. */
function matches(text: string, pattern: RegExp, say: (word: string) => string): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({
    line: lineAt(text, match.index),
    text: say(match[0].trim()),
  }))
}

const importing =
  /(?<![\w$.])(?:from\s*|import\s*\(\s*|import\s+|new\s+URL\(\s*)(?<open>["']) *["']/g

/** What a source imports: `from`, `import()`, and `new URL('./x', …)` of a worker or a document. */
function importsOf(source: Source): { line: number; specifier: string }[] {
  return [...source.code.matchAll(importing)].map((match) => {
    const whole = source.text.slice(match.index, match.index + match[0].length)
    const open = whole.search(/["']/)
    return { line: lineAt(source.code, match.index), specifier: whole.slice(open + 1, -1) }
  })
}

function arrow(source: Source): Found[] {
  const found: Found[] = []
  for (const { line, specifier } of importsOf(source)) {
    if (!specifier.startsWith('.')) continue
    const target = posix.join(posix.dirname(source.file), specifier)
    const outside = target.startsWith('..')
    if (!outside && mayImport(source.layer, target, source.test)) continue
    const text = outside
      ? `imports ${specifier}, which is outside the project`
      : `${source.layer} may not import ${layerOf(target)} (${specifier})`
    found.push({ line, text })
  }
  return found
}

/** What tests may use: they run on the real thing. */
const clocks = ['Date\\.now\\(', 'new Date\\(\\)', 'Math\\.random\\(']
const impure = [
  'statusCode',
  'process\\.env',
  'fastify',
  ...clocks,
  'node:(?:https?2?|fs|net|tls|dns|child_process|sqlite)\\b',
]
const bannedWords: Record<string, string[]> = {
  core: [...impure, ...vendors, 'kysely'],
  lib: impure,
  adapters: ['process\\.env'],
  faces: ['kysely', 'adapters', 'node:sqlite', 'process\\.env'],
}

/** Words that belong to another layer; a vendor's name is unwelcome in core's comments too. */
function words(source: Source): Found[] {
  const layer = source.layer.split('/')[0]!
  const allowed = !source.test ? [] : layer === 'adapters' ? ['process\\.env'] : clocks
  const banned = (bannedWords[layer] ?? []).filter((word) => !allowed.includes(word))
  return banned.flatMap((word) => {
    const vendor = vendors.includes(word)
    const pattern = new RegExp(word, vendor ? 'gi' : 'g')
    const text = vendor ? source.text : source.uncommented
    return matches(text, pattern, (hit) => `${layer} does not know '${hit}'`)
  })
}

function names({ file }: Source): Found[] {
  const folders = dirname(file).split('/')
  const found = folders
    .filter((folder) => bannedFolders.includes(folder))
    .map((folder) => ({ line: 1, text: `a folder named '${folder}' says nothing` }))
  if (basename(file, '.ts') === 'index') found.push({ line: 1, text: 'a barrel: index.ts' })
  else if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.[jt]s$/.test(basename(file))) {
    found.push({ line: 1, text: 'the file name is not kebab-case' })
  }
  return found
}

function exports({ code, file }: Source): Found[] {
  const again = /(?<![\w$.])export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b/g
  const barrels = matches(code, again, () => 'exports what another file holds (a barrel)')
  if (file === 'vitest.config.ts') return barrels
  return [...barrels, ...matches(code, /(?<![\w$.])export\s+default\b/g, () => 'a default export')]
}

function casts({ code, text }: Source): Found[] {
  return [
    ...matches(code, /\bas\s+any\b/g, () => "a cast to 'any'"),
    ...matches(code, /\bas\s+unknown\s+as\b/g, () => "a double cast through 'unknown'"),
    ...matches(text, /@ts-(?:ignore|nocheck)\b/g, (word) => `the checker is silenced (${word})`),
  ]
}

function lineLengths({ text }: Source): Found[] {
  return text.split('\n').flatMap((row, index) => {
    const length = row.replace(/https?:\/\/[^\s'"`)]+/g, '').length
    return length <= maxColumns ? [] : [{ line: index + 1, text: `${row.length} columns` }]
  })
}

function fileLength({ text }: Source): Found[] {
  const lines = text.trimEnd().split('\n').length
  return lines <= maxFileLines ? [] : [{ line: maxFileLines + 1, text: `${lines} lines` }]
}

const testCall = /(?<![\w$.])(?:describe|it|test)(?:\.\w+)*\(/

/** A function that holds tests only groups them and has no length of its own. */
function functionLengths({ code, test }: Source): Found[] {
  const rows = code.split('\n')
  const groups = ({ line, lines }: Span): boolean =>
    test && testCall.test(rows.slice(line, line + lines - 1).join('\n'))
  return functionSpans(code)
    .filter((span) => span.lines > maxFunctionLines && !groups(span))
    .map((span) => ({ line: span.line, text: `a function of ${span.lines} lines` }))
}

const leftovers = (source: Source): Found[] =>
  matches(source.text, /\b(?:TO[D]O|FIX[M]E|X[X]X)\b/g, (word) => `left for later: ${word}`)

const rules: Rule[] = [
  { name: 'arrow', finds: arrow },
  { name: 'word', finds: words },
  { name: 'name', finds: names },
  { name: 'export', finds: exports },
  { name: 'cast', finds: casts },
  { name: 'leftover', finds: leftovers },
  { name: 'columns', finds: lineLengths },
  { name: 'file-length', finds: fileLength },
  { name: 'function-length', finds: functionLengths },
]

/** Generated files keep the arrow; their form is their generator's. */
const rulesOf = (file: string): Rule[] =>
  file.includes('/generated/') ? rules.filter((rule) => rule.name === 'arrow') : rules

/** The breaches of one file; `file` is its path from the project's root, with `/`. */
export function tidyFile(file: string, text: string): Breach[] {
  const test = /\.(?:test|suite)\.ts$/.test(file)
  const source: Source = { ...maskSource(text), file, text, layer: layerOf(file), test }
  return rulesOf(file)
    .flatMap(({ name, finds }) => finds(source).map((found) => ({ file, rule: name, ...found })))
    .sort((a, b) => a.line - b.line)
}

/** The source files below `root`, as paths from it. */
export function sourceFiles(root: string): string[] {
  const found: string[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) {
        const below = folder !== '' || roots.includes(entry.name)
        if (below && !unread.has(entry.name) && !entry.name.startsWith('.')) walk(path)
      } else if (/\.[jt]s$/.test(entry.name)) found.push(path)
    }
  }
  walk('')
  return found.sort()
}

/** The breaches of the whole project below `root`. */
export const tidy = (root: string): Breach[] =>
  sourceFiles(root).flatMap((file) => tidyFile(file, readFileSync(join(root, file), 'utf8')))

if (process.argv[1] === import.meta.filename) {
  const breaches = tidy(import.meta.dirname)
  for (const { file, line, rule, text } of breaches) {
    process.stdout.write(
      `${relative('', join(import.meta.dirname, file))}:${line} ${rule}: ${text}\n`,
    )
  }
  if (breaches.length > 0) process.exitCode = 1
  else process.stdout.write('tidy\n')
}
