import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { Generated, Kysely } from 'kysely'
import { columnTypes } from '../server/adapters/sql/column-types.ts'
import type { Engine } from '../server/adapters/sql/engine.ts'
import { ids } from '../server/adapters/sql/ids.ts'
import { migrate } from '../server/adapters/sql/migrate.ts'
import { openEngine } from '../server/adapters/sql/open-engine.ts'
import { prepared } from '../server/adapters/sql/prepared.ts'

/**
 * Where do the bytes of a small file go: into a row of the transaction that makes the file, or
 * into an append-only pack that is flushed before? Each write makes node, version and event rows
 * as an upload does.
 *
 *   node bench/small-files.ts --seconds 2 --rounds 3 --folder /on/the/disk [--url postgres://…]
 *
 * Rounds are interleaved and the best of each is printed, since other load only makes things worse.
 */

type Id = { tenant: number; id: number }
type Database = {
  node: Id & { parent: number; name: string; size: number; version: number }
  version: Id & { node: number; size: number; digest: Uint8Array; place: number | null }
  content: Id & { bytes: Uint8Array }
  event: Id & { node: number; type: string; data: string; at: Generated<number> }
}
type File = { id: number; parent: number; name: string; size: number; place: number | null }
type Mode = 'metadata only' | 'row' | 'pack'
type Result = { rate: number; median: number; worst1: number; late: number; cpu: number }
type Pack = { append(bytes: Uint8Array): Promise<number>; close(): Promise<void> }

const { values: args } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: '.' },
    url: { type: 'string' },
  },
})
const digest = randomBytes(32)

const insertNode = prepared((db: Kysely<Database>, { id, parent, name, size }: File) =>
  db.insertInto('node').values({ tenant: 1, id, parent, name, size, version: id }),
)
const insertVersion = prepared((db: Kysely<Database>, { id, size, place }: File) =>
  db.insertInto('version').values({ tenant: 1, id, node: id, size, digest, place }),
)
const insertContent = prepared((db: Kysely<Database>, file: { id: number; bytes: Uint8Array }) =>
  db.insertInto('content').values({ tenant: 1, id: file.id, bytes: file.bytes }),
)
const insertEvent = prepared((db: Kysely<Database>, { id, name }: File) =>
  db.insertInto('event').values({ tenant: 1, id, node: id, type: 'file.created', data: name }),
)

async function createTables(db: Kysely<Database>): Promise<void> {
  const { id, number, text, bytes, time, tableEndByKey, tableEnd } = columnTypes(db)
  const table = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('tenant', id, (column) => column.notNull())
      .addColumn('id', id, (column) => column.notNull())
      .addPrimaryKeyConstraint(`${name}_key`, ['tenant', 'id'])
  await table('node')
    .addColumn('parent', id, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('size', number, (column) => column.notNull())
    .addColumn('version', id, (column) => column.notNull())
    .addUniqueConstraint('node_name', ['tenant', 'parent', 'name'])
    .modifyEnd(tableEndByKey)
    .execute()
  await table('version')
    .addColumn('node', id, (column) => column.notNull())
    .addColumn('size', number, (column) => column.notNull())
    .addColumn('digest', bytes, (column) => column.notNull())
    .addColumn('place', number)
    .modifyEnd(tableEndByKey)
    .execute()
  await table('content').addColumn('bytes', bytes).modifyEnd(tableEnd).execute()
  await table('event')
    .addColumn('node', id, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('data', text, (column) => column.notNull())
    .addColumn('at', time, (column) => column.notNull().defaultTo(0))
    .modifyEnd(tableEndByKey)
    .execute()
  await ids.create(db, 'node')
}

/** An append-only file; appends that arrive during a flush share the next one. */
async function openPack(path: string): Promise<Pack> {
  const file = await open(path, 'w')
  let size = 0
  let queue: { bytes: Uint8Array; done: (place: number) => void }[] = []
  let running = false
  async function run() {
    running = true
    while (queue.length > 0) {
      const batch = queue
      queue = []
      const start = size
      const all = Buffer.concat(batch.map(({ bytes }) => bytes))
      await file.write(all, 0, all.length, start)
      await file.datasync()
      for (const { bytes, done } of batch) {
        done(size)
        size += bytes.length
      }
    }
    running = false
  }
  return {
    append: (bytes) =>
      new Promise((done) => {
        queue.push({ bytes, done })
        if (!running) void run()
      }),
    close: () => file.close(),
  }
}

async function storeFile(
  engine: Engine<Database>,
  pack: Pack,
  mode: Mode,
  file: { parent: number; name: string; bytes: Uint8Array },
): Promise<void> {
  const { parent, name, bytes } = file
  const place = mode === 'pack' ? await pack.append(bytes) : null
  await engine.write(async (db) => {
    const id = await ids.next(db, 'node')
    const row = { id, parent, name, size: bytes.length, place }
    await insertNode(db, row)
    await insertVersion(db, row)
    if (mode === 'row') await insertContent(db, { id, bytes })
    await insertEvent(db, row)
  })
}

async function measure(mode: Mode, writers: number, bytes: Uint8Array): Promise<Result> {
  const folder = mkdtempSync(join(args.folder, 'bench-'))
  const engine = await openEngine<Database>({
    url: args.url ?? `sqlite:${join(folder, 'bench.db')}`,
    onWarning: console.error,
  })
  const pack = await openPack(join(folder, 'pack'))
  try {
    await dropTables(engine)
    await migrate(engine, { '0001-bench': { up: createTables } })
    const until = performance.now() + Number(args.seconds) * 1000
    const times: number[] = []
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const cpu = process.cpuUsage()
    const writer = async (parent: number) => {
      for (let number = 0; performance.now() < until; number++) {
        const started = performance.now()
        await storeFile(engine, pack, mode, { parent, name: `report ${number}.txt`, bytes })
        times.push(performance.now() - started)
      }
    }
    await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)))
    const { user, system } = process.cpuUsage(cpu)
    times.sort((a, b) => a - b)
    return {
      rate: times.length / Number(args.seconds),
      median: times[Math.floor(times.length * 0.5)] ?? 0,
      worst1: times[Math.floor(times.length * 0.99)] ?? 0,
      late: delay.percentile(99) / 1e6,
      cpu: (user + system) / times.length,
    }
  } finally {
    await dropTables(engine)
    await pack.close()
    await engine.close()
    rmSync(folder, { recursive: true })
  }
}

async function dropTables(engine: Engine<Database>): Promise<void> {
  if (engine.kind === 'sqlite') return
  await engine.exclusive(async (db) => {
    for (const table of ['node', 'version', 'content', 'event', 'kysely_migration']) {
      await db.schema.dropTable(table).ifExists().execute()
    }
    await ids.drop(db, 'node')
  })
}

const modes: Mode[] = ['metadata only', 'row', 'pack']
const cases = [10, 64].flatMap((kib) =>
  [1, 8, 32].flatMap((writers) => modes.map((mode) => ({ kib, writers, mode }))),
)
const best = new Map<(typeof cases)[number], Result>()
for (let round = 0; round < Number(args.rounds); round++) {
  for (const one of cases) {
    const result = await measure(one.mode, one.writers, randomBytes(one.kib * 1024))
    if (result.rate > (best.get(one)?.rate ?? 0)) best.set(one, result)
  }
}
console.log(
  '| size | writers | bytes in | files/s | median ms | 99% ms | loop late 99% ms | CPU us |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [{ kib, writers, mode }, { rate, median, worst1, late, cpu }] of best) {
  const times = [median, worst1, late].map((ms) => ms.toFixed(1)).join(' | ')
  console.log(
    `| ${kib} KiB | ${writers} | ${mode} | ${Math.round(rate)} | ${times} | ${Math.round(cpu)} |`,
  )
}
