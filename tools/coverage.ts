import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drivers } from '../contract/drivers.ts'
import type { FaceDriver } from '../contract/face-driver.ts'
import { gaps } from '../contract/gaps.ts'
import { type Ledger, ledgerFaults } from '../contract/ledger.ts'
import { wantedOf } from '../contract/wanted.ts'
import type { DocumentedOperation } from '../server/faces/documented.ts'
import { loadConfig } from '../server/main/config.ts'
import { openFaces } from '../server/main/faces.ts'

const head = `# Coverage of the three APIs

<!-- Made by tools/coverage.ts; \`npm run coverage\` writes it anew. -->

*Built*: the server does the operation; every other documented one answers 501. *Covered*: a row of
the contract tests calls it over HTTP. *Statuses*: those that the documents of built operations
name; one is covered when a row wants it (a row that gets another answer fails the tests).
Everything documented and not covered is named, with its reason, in \`contract/gaps/\`.
`

type Counts = Record<'documented' | 'built' | 'covered' | 'statuses' | 'reached', number>

function countsOf({ built, wanted }: Ledger, operations: readonly DocumentedOperation[]): Counts {
  const done = operations.filter(({ id }) => built.has(id))
  const statuses = done.flatMap(({ id, statuses }) =>
    Object.keys(statuses).map((status) => wanted.get(id)?.has(Number(status)) === true),
  )
  return {
    documented: operations.length,
    built: done.length,
    covered: done.filter(({ id }) => wanted.has(id)).length,
    statuses: statuses.length,
    reached: statuses.filter(Boolean).length,
  }
}

const table = (first: string, rows: readonly (readonly [string, Counts])[]): string =>
  [
    `| ${first} | documented | built | covered | statuses of built | covered |`,
    '|---|---:|---:|---:|---:|---:|',
    ...rows.map(([name, counts]) => {
      const { documented, built, covered, statuses, reached } = counts
      return `| ${name} | ${documented} | ${built} | ${covered} | ${statuses} | ${reached} |`
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
