import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { constraintOf } from './constraint-of.ts'
import type { Engine, SqliteLimits } from './engine.ts'
import { openEngine } from './open-engine.ts'
import { openConnection } from './sqlite-connection.ts'

type Tables = { thing: { id: number; parent: number | null; text: string } }

describe('writers on sqlite', () => {
  let folder: string
  let url: string
  let engine: Engine<Tables>

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strongroom-sql-'))
    url = `sqlite:${join(folder, 'test.db')}`
    engine = await open({})
    await engine.exclusive((db) =>
      sql`create table thing (id integer primary key, text text not null, parent integer
        references thing (id) deferrable initially deferred) strict`.execute(db),
    )
  })

  afterEach(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  const open = (limits: Partial<SqliteLimits>) => openEngine<Tables>({ url, sqlite: limits })

  async function reopen(limits: Partial<SqliteLimits>): Promise<void> {
    await engine.close()
    engine = await open(limits)
  }

  const add = (id: number, text = '', parent: number | null = null) =>
    engine.write((db) => db.insertInto('thing').values({ id, text, parent }).execute())

  const stored = async () =>
    (await engine.read.selectFrom('thing').select('id').orderBy('id').execute()).map(({ id }) => id)

  test('that come together share commits and flushes', async () => {
    const before = engine.stats()
    await Promise.all(Array.from({ length: 64 }, (_, id) => add(id)))
    const after = engine.stats()
    expect(after.commits - before.commits).toBeLessThan(8)
    expect(after.flushes - before.flushes).toBeLessThan(8)
    expect(await stored()).toHaveLength(64)
  })

  test('a violation that shows at the commit fails only its writer', async () => {
    const results = await Promise.allSettled([add(1), add(2, '', 99), add(3), add(4, '', 1)])
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    const [, second] = results
    const reason: unknown = second?.status === 'rejected' ? second.reason : undefined
    expect(constraintOf(reason)).toEqual({ kind: 'foreign' })
    expect(await stored()).toEqual([1, 3, 4])
  })

  test('a full disk is told as such to the writer that needs the space', async () => {
    await add(1)
    await engine.exclusive((db) => sql`pragma max_page_count = 12`.execute(db))
    const large = 'x'.repeat(100_000)
    const results = await Promise.allSettled([add(2), add(3, large), add(4)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'storage-full' } })
    await engine.exclusive((db) => sql`pragma max_page_count = 1000000`.execute(db))
    await add(5, large)
    expect(await stored()).toEqual([1, 2, 4, 5])
  })

  test('one that waits for something else is rolled back, and the others go on', async () => {
    await reopen({ writerMs: 50 })
    const waiting = engine.write(async (db) => {
      await db.insertInto('thing').values({ id: 1, text: '', parent: null }).execute()
      return add(3)
    })
    const next = add(2)
    await expect(waiting).rejects.toMatchObject({ code: 'stuck' })
    await next
    await engine.settled()
    expect(await stored()).toEqual([2, 3])
  })

  test('too many waiting are refused at once', async () => {
    await reopen({ queuedWriters: 10 })
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, id) => add(id)))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(10)
    expect(refused[0]).toMatchObject({ reason: { code: 'busy' } })
    expect(await stored()).toHaveLength(10)
  })

  test('another process may hold the write lock for a while, without blocking ours', async () => {
    const other = new DatabaseSync(join(folder, 'test.db'))
    other.exec("begin immediate; insert into thing values (1000, 'other', null)")
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    setTimeout(() => other.exec('commit'), 200)
    await Promise.all(Array.from({ length: 64 }, (_, id) => add(id)))
    clearInterval(timer)
    other.close()
    expect(ticks).toBeGreaterThan(15)
    expect(await stored()).toHaveLength(65)
  })

  test('a write lock that is held too long is told as busy', async () => {
    await reopen({ busyMs: 50 })
    const other = new DatabaseSync(join(folder, 'test.db'))
    other.exec('begin immediate')
    await expect(add(1)).rejects.toMatchObject({ code: 'busy' })
    other.close()
    await add(2)
    expect(await stored()).toEqual([2])
  })

  test('a second server is refused, a tool may join', async () => {
    await expect(open({})).rejects.toMatchObject({ code: 'in-use' })
    await expect(open({})).rejects.toThrow(`process ${process.pid}`)
    const tool = await openEngine<Tables>({ url, role: 'tool' })
    const texts = (db: Engine<Tables>) => db.read.selectFrom('thing').select('text').execute()
    await Promise.all([
      add(1, 'server'),
      tool.write((db) =>
        db.insertInto('thing').values({ id: 2, text: 'tool', parent: null }).execute(),
      ),
    ])
    expect(await texts(engine)).toEqual([{ text: 'server' }, { text: 'tool' }])
    await tool.close()
    await add(3)
    expect(await stored()).toEqual([1, 2, 3])
  })

  test('prepared statements are kept up to the limit', () => {
    const options = { cacheBytes: 1 << 20, cachedStatements: 10, waitMs: 0 }
    const connection = openConnection(join(folder, 'cache.db'), options)
    const value = (sql: string) => connection.run<{ n: number }>({ sql, parameters: [] }).rows[0]?.n
    for (let n = 0; n < 100; n++) {
      expect(value(`select ${n} as n`)).toBe(n)
      expect(value('select 1000 as n')).toBe(1000)
      expect(connection.cached()).toBeLessThanOrEqual(10)
    }
    expect(connection.cached()).toBeGreaterThan(4)
    connection.close()
  })
})
