import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles, tidy, tidyFile } from './tidy.ts'
import { functionSpans, maskSource } from './tools/mask-source.ts'

/** The rules that a text breaks as the given file, in order of lines. */
const broken = (file: string, text: string): string[] =>
  tidyFile(file, text).map((breach) => `${breach.line} ${breach.rule}`)

const core = 'server/core/nodes/move-nodes.ts'
const face = 'server/faces/dracoon/nodes.ts'
const adapter = 'server/adapters/sql/node-store.ts'
const imports = (from: string): string => `import { a } from '${from}'\nexport const b = a\n`

describe('the arrow', () => {
  it.each([
    ['server/lib/paths/path.ts', '../../core/fault.ts'],
    ['server/lib/paths/path.ts', '../../main/config.ts'],
    [core, '../../adapters/sql/node-store.ts'],
    [core, '../../faces/mount.ts'],
    [core, '../../main/config.ts'],
    ['server/core/nodes/move-nodes.test.ts', '../../faces/operation.ts'],
    [adapter, '../../faces/operation.ts'],
    [adapter, '../../main/config.ts'],
    [face, '../../main/config.ts'],
    [face, '../cloudike/nodes.ts'],
    [face, '../drumee/op.ts'],
    ['server/faces/mount.ts', './dracoon/nodes.ts'],
    ['server/core/a.ts', '../../contract/row.ts'],
    ['server/main/wire.ts', '../../../elsewhere/x.ts'],
    ['tools/build.ts', '../../elsewhere/x.ts'],
  ])('%s may not import %s', (file, from) => {
    expect(broken(file, imports(from))).toEqual(['1 arrow'])
  })

  it.each([
    ['server/lib/paths/path.ts', '../bytes/size.ts'],
    [core, '../../lib/paths/path.ts'],
    ['server/core/nodes/move-nodes.test.ts', '../../adapters/sql/sqlite.ts'],
    [adapter, '../../core/nodes/node-store.ts'],
    [face, '../../core/nodes/move-nodes.ts'],
    [face, '../operation.ts'],
    [face, '../mount-stream.ts'],
    [face, './generated/shapes.ts'],
    ['server/main/wire.ts', '../faces/dracoon/rows.ts'],
    ['server/main/wire.ts', '../adapters/sql/sqlite.ts'],
    ['contract/run.ts', '../server/faces/dracoon/generated/shapes.ts'],
    ['contract/run.ts', '../server/main/config.ts'],
    ['bench/load.ts', '../server/adapters/sql/node-store.ts'],
    ['contract/run.ts', '../server/faces/dracoon/op.ts'],
    ['contract/run.ts', '../server/core/ctx.ts'],
    ['bench/load.ts', '../server/main/config.ts'],
    ['tools/coverage.ts', '../server/faces/drumee/rows.ts'],
    [core, 'kysely-is-no-path'],
  ])('%s may import %s', (file, from) => {
    expect(broken(file, imports(from)).filter((row) => row.endsWith('arrow'))).toEqual([])
  })

  it('sees every way to import', () => {
    const target = '../../adapters/sql/x.ts'
    const text = [
      `import type { A } from '${target}'`,
      `import '${target}'`,
      `const a = await import('${target}')`,
      `const b = new URL('${target}', import.meta.url)`,
      `import {\n  c,\n} from "${target}"`,
      `// import { d } from '${target}'`,
      `const e = "from '${target}'"`,
    ].join('\n')
    expect(broken(core, text)).toEqual(['1 arrow', '2 arrow', '3 arrow', '4 arrow', '7 arrow'])
  })
})

describe('words of other layers', () => {
  it.each([
    [core, 'export const a = { statusCode: 404 }'],
    [core, 'export const a = process.env.HOME'],
    [core, "import serve from 'fastify'"],
    [core, '// as Dracoon does it'],
    [core, "export const a = 'cloudike'"],
    [core, 'export const drumeeHub = 1'],
    [core, "import { request } from 'node:http'"],
    [core, "import { open } from 'node:fs/promises'"],
    [core, "import { connect } from 'node:net'"],
    [core, 'export const now = () => Date.now()'],
    [core, 'export const now = () => new Date()'],
    [core, 'export const dice = () => Math.random()'],
    ['server/lib/time/day.ts', 'export const now = () => Date.now()'],
    [adapter, 'export const a = process.env.HOME'],
    [face, "import { sql } from 'kysely'"],
    [face, "import { DatabaseSync } from 'node:sqlite'"],
    [face, "export const folder = 'adapters'"],
  ])('%s: %s', (file, text) => {
    expect(broken(file, text)).toEqual(['1 word'])
  })

  it('lets a comment name what the code avoids, and a later layer use it', () => {
    expect(broken(core, '// The clock is a port: Date.now() is not for core.')).toEqual([])
    expect(broken('server/main/wire.ts', 'export const a = process.env.HOME')).toEqual([])
    expect(broken(face, "export const name = 'dracoon'")).toEqual([])
    expect(broken('server/adapters/sql/pg.test.ts', 'const a = process.env.X')).toEqual([])
    expect(broken('server/core/suites/a.suite.ts', 'const a = Date.now()')).toEqual([])
  })
})

describe('names and exports', () => {
  it.each(['utils', 'helpers', 'common', 'misc', 'shared', 'internal'])(
    'no folder %s',
    (folder) => {
      expect(broken(`server/core/${folder}/a.ts`, 'export const a = 1')).toEqual(['1 name'])
    },
  )

  it.each([
    ['server/core/nodes/index.ts', 'export const a = 1', '1 name'],
    ['server/core/nodes/moveNodes.ts', 'export const a = 1', '1 name'],
    [core, 'export default function f() {}', '1 export'],
    [core, "export * from './node.ts'", '1 export'],
    [core, "export { a } from './node.ts'", '1 export'],
    [core, "export type { A } from './node.ts'", '1 export'],
    [core, 'export const a = {} as any', '1 cast'],
    [core, 'export const a = {} as unknown as Date', '1 cast'],
    [core, `// @ts-${'ignore'}\nexport const a = 1`, '1 cast'],
    [core, `// ${'TO'}DO later`, '1 leftover'],
    [core, `export const a = '${'FIX'}ME'`, '1 leftover'],
    [core, `/* ${'X'}XX */`, '1 leftover'],
  ])('%s: %s', (file, text, want) => {
    expect(broken(file, text)).toEqual([want])
  })

  it('leaves alone what only looks like a breach', () => {
    const text = "const a = 'as any'\nexport { a }\nexport const many = a as string\n"
    expect(broken(core, text)).toEqual([])
    expect(broken('vitest.config.ts', 'export default {}')).toEqual([])
    expect(broken('server/core/nodes/move-nodes.test.ts', 'const a = 1')).toEqual([])
  })
})

const lines = (count: number): string => Array(count).fill('  a()').join('\n')

describe('sizes', () => {
  it('counts lines of a file, columns and lines of a function', () => {
    expect(broken(core, lines(400))).toEqual([])
    expect(broken(core, lines(401))).toEqual(['401 file-length'])
    expect(broken(core, `\n${'a'.repeat(101)}`)).toEqual(['2 columns'])
    expect(broken(core, `export function f() {\n${lines(68)}\n}`)).toEqual([])
    expect(broken(core, `\nexport function f() {\n${lines(69)}\n}`)).toEqual(['2 function-length'])
  })

  it('measures a test, not what groups tests', () => {
    const tests = `describe('a', () => {\n  it('b', () => {\n${lines(2)}\n  })\n${lines(70)}\n})`
    expect(broken('server/core/a.test.ts', tests)).toEqual([])
    expect(broken('server/core/a.suite.ts', tests)).toEqual([])
    expect(broken('server/core/a.ts', tests)).toEqual(['1 function-length'])
    const long = `it('b', () => {\n${lines(70)}\n})`
    expect(broken('server/core/a.test.ts', long)).toEqual(['1 function-length'])
  })

  it('does not count an address as columns', () => {
    expect(broken(core, `// see https://example.org/${'a'.repeat(120)}`)).toEqual([])
  })

  it('leaves the form of generated files to their generator, not their imports', () => {
    const file = 'server/faces/dracoon/generated/shapes.ts'
    expect(broken(file, `${lines(900)}\n${'a'.repeat(200)}`)).toEqual([])
    expect(broken(file, imports('../../drumee/op.ts'))).toEqual(['1 arrow'])
  })

  it.each([
    ['declaration', 'function f(a: { b: number }) {', '}'],
    ['return type', 'async function f(): Promise<Map<string, A[]>> {', '}'],
    ['object return type', 'function f(): { a: number } {', '}'],
    ['union return type', "function f(a = ')'): A | 'x' | undefined {", '}'],
    ['predicate', 'function f(a: B | C): a is B {', '}'],
    ['arrow', 'const f = (a: A): B => {', '}'],
    ['method', 'const o = { async f(a) {', '} }'],
    ['split parameters', 'function f(\n  a: A,\n): B {', '}'],
    ['callback', "it('does', async () => {", '})'],
  ])('measures a %s', (_, head, tail) => {
    const spans = functionSpans(maskSource(`${head}\n${lines(9)}\n${tail}\n`).code)
    expect(spans).toEqual([{ line: head.split('\n').length, lines: 11 }])
  })

  it.each([
    'if (a) {',
    'for (const a of b) {',
    'const a = {',
    'const a: Record<string, B> = {',
    'class A extends B {',
    'interface A {',
    'export type A = B & {',
    'try {',
    'const a = f(b)\nif (c) {',
    'function f(): A {}\ninterface B {',
  ])('does not take %s for a function', (head) => {
    const all = functionSpans(maskSource(`${head}\n${lines(9)}\n}\n`).code)
    expect(all.filter((span) => span.lines > 1)).toEqual([])
  })

  it('is not led astray by braces in texts', () => {
    const text = [
      'function f() {',
      `  const a = '}' + "{" + ${'`}$'}{b({ c: ${'`}`'} })}{${'`'}`,
      '  const d = /[}/"]{/.test(e) ? f / 2 : g / 3 // }',
      '  /* } */',
      '}',
    ].join('\n')
    expect(functionSpans(maskSource(text).code)).toEqual([{ line: 1, lines: 5 }])
  })
})

describe('the walk', () => {
  it('reads sources, not what is built or installed', () => {
    const root = mkdtempSync(join(tmpdir(), 'tidy-'))
    const write = (path: string, text = 'export const a = 1\n'): void => {
      mkdirSync(join(root, path, '..'), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    write('server/core/a.ts', 'export const a = 1 as any\n')
    write('bin/run.js')
    write('top.ts')
    write('server/core/a.json')
    write('node_modules/x/a.ts')
    write('dist/a.js')
    write('web/node_modules/x/a.ts')
    expect(sourceFiles(root)).toEqual(['bin/run.js', 'server/core/a.ts', 'top.ts'])
    expect(tidy(root)).toEqual([
      { file: 'server/core/a.ts', line: 1, rule: 'cast', text: "a cast to 'any'" },
    ])
    rmSync(root, { recursive: true })
  })

  it('finds this project tidy', () => {
    expect(tidy(import.meta.dirname)).toEqual([])
  })
})
