import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Kysely, sql } from 'kysely'
import { ids } from '../server/adapters/sql/ids.ts'
import { openEngine } from '../server/adapters/sql/open-engine.ts'
import { prepared } from '../server/adapters/sql/prepared.ts'

/**
 * What the engine costs on SQLite in microseconds of CPU, without the disk: flushes do nothing.
 * The best of five runs each.
 *
 *   node bench/sql-statements.ts --folder /path/on/the/disk
 */

type Row = { id: number; name: string; size: number }
type Tables = { thing: Row }

const { values: args } = parseArgs({ options: { folder: { type: 'string', default: '.' } } })
const folder = mkdtempSync(join(args.folder, 'bench-'))
const engine = await openEngine<Tables>({
  url: `sqlite:${join(folder, 'bench.db')}`,
  sqlite: { flush: async () => undefined },
})
await engine.exclusive(async (db) => {
  await sql`create table thing (id integer primary key, name text, size integer) strict`.execute(db)
  await ids.create(db, 'thing')
})

const insert = prepared((db: Kysely<Tables>, { id, name, size }: Row) =>
  db.insertInto('thing').values({ id, name, size }),
)
const find = prepared((db: Kysely<Tables>, { id }: { id: number }) =>
  db.selectFrom('thing').selectAll().where('id', '=', id),
)
let last = 0
const row = (): Row => ({ id: ++last, name: 'report.txt', size: 1 })
const times = 3200

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const results: number[] = []
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    results.push((user + system) / times)
  }
  console.log(`| ${name} | ${Math.min(...results.slice(1)).toFixed(1)} |`)
}

/** The work `times` times, by 32 at once. */
const together = (work: () => Promise<unknown>) => () =>
  Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let number = 0; number < times / 32; number++) await work()
    }),
  )

async function inTurn(work: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 1; number <= times; number++) await work(number)
}

const build = (db: Kysely<Tables>) => db.insertInto('thing').values(row()).execute()
const look = (id: number) => engine.read.selectFrom('thing').selectAll().where('id', '=', id)

console.log('| what | us of CPU |\n|---|---|')
await measure(
  'write that does nothing',
  together(() => engine.write(async () => 1)),
)
await measure(
  'write of one row',
  together(() => engine.write((db) => insert(db, row()))),
)
await measure('insert, prepared', () => engine.write((db) => inTurn(() => insert(db, row()))))
await measure('insert, built each time', () => engine.write((db) => inTurn(() => build(db))))
await measure('id', () => engine.write((db) => inTurn(() => ids.next(db, 'thing'))))
await measure('point read, prepared', () => inTurn((id) => find(engine.read, { id })))
await measure('point read, built each time', () => inTurn((id) => look(id).execute()))
await measure('snapshot that does nothing', () => inTurn(() => engine.snapshot(async () => 1)))
await engine.close()
rmSync(folder, { recursive: true })
