import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drivers } from '../contract/drivers.ts'
import type { FaceDriver } from '../contract/face-driver.ts'
import { gaps } from '../contract/gaps.ts'
import { type Ledger, ledgerFaults } from '../contract/ledger.ts'
import { isReached, pairsOf } from '../contract/ledger-codes.ts'
import { wantedOf } from '../contract/wanted.ts'
import type { DocumentedOperation } from '../server/faces/documented.ts'
import { loadConfig } from '../server/main/config.ts'
import { openFaces } from '../server/main/faces.ts'

const head = `# Coverage of the three APIs

<!-- Made by tools/coverage.ts; \`npm run coverage\` writes it anew. -->

*Built*: the server does the operation; every other documented one answers 501. *Covered*: a row of
the contract tests calls it over HTTP. *Statuses*: those that the documents of built operations
name; one is covered when a row wants it (a row that gets another answer fails the tests). *Codes*:
the pairs of operation and error code that they list under those statuses, covered in the same way.
Everything documented and not covered is named, with its reason, in \`contract/gaps/\`.
`

const columns = [
  'documented',
  'built',
  'covered',
  'statuses of built',
  'statuses covered',
  'codes of built',
  'codes covered',
] as const

type Counts = Record<(typeof columns)[number], number>

function countsOf(ledger: Ledger, operations: readonly DocumentedOperation[]): Counts {
  const { built, wanted } = ledger
  const done = operations.filter(({ id }) => built.has(id))
  const statuses = done.flatMap(({ id, statuses }) =>
    Object.keys(statuses).map((status) => wanted.get(id)?.has(Number(status)) === true),
  )
  const pairs = pairsOf({ ...ledger, operations })
  return {
    documented: operations.length,
    built: done.length,
    covered: done.filter(({ id }) => wanted.has(id)).length,
    'statuses of built': statuses.length,
    'statuses covered': statuses.filter(Boolean).length,
    'codes of built': pairs.length,
    'codes covered': pairs.filter((pair) => isReached(ledger, pair)).length,
  }
}

const table = (first: string, rows: readonly (readonly [string, Counts])[]): string =>
  [
    `| ${first} | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---:|').join('')}`,
    ...rows.map(([name, counts]) => {
      return `| ${name} | ${columns.map((column) => counts[column]).join(' | ')} |`
    }),
  ].join('\n')

async function openLedgers(): Promise<Map<FaceDriver['name'], Ledger>> {
  const ledgers = new Map<FaceDriver['name'], Ledger>()
  for (const face of openFaces(loadConfig({}))) {
    const name = face.name as FaceDriver['name']
    const operations = Object.values(drivers[name].operations)
    const built = new Set(face.rows.keys())
    ledgers.set(name, { operations, built, wanted: await wantedOf(name) })
  }
  return ledgers
}

function page(ledgers: ReadonlyMap<string, Ledger>): string {
  const all = [...ledgers].map(
    ([name, ledger]) => [name, countsOf(ledger, ledger.operations)] as const,
  )
  const faces = [...ledgers].map(([name, ledger]) => {
    const tags = [...new Set(ledger.operations.map(({ tag }) => tag))].sort()
    const rows = tags.map((tag) => {
      const operations = ledger.operations.filter((one) => one.tag === tag)
      return [tag, countsOf(ledger, operations)] as const
    })
    return `## ${name}\n\n${table('tag', rows)}\n`
  })
  return `${head}\n${table('API', all)}\n\n${faces.join('\n')}`
}

const ledgers = await openLedgers()
const path = join(import.meta.dirname, '../docs/coverage.md')
const text = page(ledgers)
const faults = [...ledgers].flatMap(([name, ledger]) =>
  ledgerFaults(ledger, gaps[name]).map((fault) => `${name}: ${fault}\n`),
)
process.stderr.write(faults.join(''))
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write('docs/coverage.md is not what is built; run npm run coverage\n')
    process.exitCode = 1
  }
} else {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  process.stdout.write(text.slice(text.indexOf('| API'), text.indexOf('## ')))
}
if (faults.length > 0) process.exitCode = 1
