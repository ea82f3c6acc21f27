import { type DialectAdapter, type Kysely, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'
import { prepared } from './prepared.ts'

/** How many ids one step of a PostgreSQL sequence stands for. */
const blockSize = 32

/** Ids that a process has taken from PostgreSQL and not given out yet, per engine and sequence. */
const blocks = new WeakMap<DialectAdapter, Map<string, Block[]>>()

type Block = { next: number; readonly end: number }

type Taking = { readonly name: string; readonly count: number }

const advance = prepared((db: Kysely<unknown>, { name, count }: Taking) => ({
  compile: () =>
    sql<{ next: number }>`update sequence set next = next + ${count} where name = ${name}
      returning next`.compile(db),
}))

/**
 * Ids of 64 bits below 2^53, rising, never given twice: not after a deletion, not after a crash.
 * Gaps are normal. On SQLite they rise in the order of the commits; on PostgreSQL they do not,
 * since each process gives out blocks of its own.
 */
export const ids = {
  /** Makes the sequence in a migration; its first id is `first`. */
  async create<DB>(db: Kysely<DB>, name: string, first = 1): Promise<void> {
    if (kindOf(db) === 'postgres') {
      await sql`create sequence ${sql.id(sequenceName(name))} as bigint increment by
        ${sql.lit(blockSize)} start with ${sql.lit(first)}
        maxvalue ${sql.lit(Number.MAX_SAFE_INTEGER - blockSize)}`.execute(db)
      return
    }
    await sql`create table if not exists sequence (name text primary key, next integer not null)
      strict, without rowid`.execute(db)
    await sql`insert into sequence (name, next) values (${name}, ${first})`.execute(db)
  },

  /** Forgets the sequence, if there is one. */
  async drop<DB>(db: Kysely<DB>, name: string): Promise<void> {
    if (kindOf(db) === 'postgres') {
      await sql`drop sequence if exists ${sql.id(sequenceName(name))}`.execute(db)
    } else {
      await sql`delete from sequence where name = ${name}`.execute(db)
    }
  },

  /** Takes `count` ids inside a write, in rising order, before anything is inserted. */
  async take<DB>(db: Kysely<DB>, name: string, count: number): Promise<number[]> {
    if (kindOf(db) === 'postgres') return takeFromBlocks(db, name, count)
    const { rows } = await advance(db as Kysely<unknown>, { name, count })
    const next = rows[0]?.next
    if (next === undefined) throw new Error(`There is no sequence ${name}`)
    return Array.from({ length: count }, (_, index) => next - count + index)
  },

  /** Takes one id. */
  async next<DB>(db: Kysely<DB>, name: string): Promise<number> {
    const [id] = await ids.take(db, name, 1)
    return id!
  },
}

function sequenceName(name: string): string {
  return `${name}_sequence`
}

/** A PostgreSQL sequence is outside of transactions: what a rolled-back writer left is used on. */
async function takeFromBlocks<DB>(db: Kysely<DB>, name: string, count: number): Promise<number[]> {
  const free = blocksOf(db, name)
  const missing = () => count - free.reduce((sum, { next, end }) => sum + end - next, 0)
  for (let needed = missing(); needed > 0; needed = missing()) {
    const { rows } = await sql<{ start: number }>`select nextval(${sequenceName(name)}) as start
      from generate_series(1, ${Math.ceil(needed / blockSize)})`.execute(db)
    free.push(...rows.map(({ start }) => ({ next: start, end: start + blockSize })))
    free.sort((one, other) => one.next - other.next)
  }
  const taken: number[] = []
  while (taken.length < count) {
    const block = free[0]!
    taken.push(block.next++)
    if (block.next === block.end) free.shift()
  }
  return taken
}

function blocksOf<DB>(db: Kysely<DB>, name: string): Block[] {
  const { adapter } = db.getExecutor()
  const ofEngine = blocks.get(adapter) ?? new Map<string, Block[]>()
  blocks.set(adapter, ofEngine)
  const free = ofEngine.get(name) ?? []
  ofEngine.set(name, free)
  return free
}
