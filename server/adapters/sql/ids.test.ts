import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnTypes } from './column-types.ts'
import type { Engine } from './engine.ts'
import { ids } from './ids.ts'
import { openEngine } from './open-engine.ts'
import { type TestDatabase, testDatabases } from './test-databases.ts'

type Tables = { thing: { id: number } }

/** Runs the other process until it has printed `count` ids, then kills it; its printed ids. */
async function runAndKill(url: string, count: number): Promise<number[]> {
  const script = fileURLToPath(new URL('./ids-crash.ts', import.meta.url))
  const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const printed: number[] = []
  let rest = ''
  for await (const chunk of child.stdout) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    printed.push(...lines.map(Number))
    if (printed.length >= count) child.kill('SIGKILL')
  }
  if (child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return printed
}

for (const databases of await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)) {
  describe(`ids on ${databases.kind}`, () => {
    let database: TestDatabase
    let engine: Engine<Tables>

    beforeAll(async () => {
      database = await databases.create()
      engine = await openEngine<Tables>({ url: database.url })
      await engine.exclusive(async (db) => {
        const { id, tableEnd } = columnTypes(db)
        await db.schema
          .createTable('thing')
          .addColumn('id', id, (column) => column.primaryKey())
          .modifyEnd(tableEnd)
          .execute()
        await ids.create(db, 'thing')
      })
    })

    afterAll(async () => {
      await engine.close()
      await database.drop()
    })

    test('are distinct for writers at the same time, and rise within one', async () => {
      const counts = Array.from({ length: 64 }, (_, index) => (index % 5) * 20 + 1)
      const taken = await Promise.all(
        counts.map((count) => engine.write((db) => ids.take(db, 'thing', count))),
      )
      expect(taken.map((some) => some.length)).toEqual(counts)
      for (const some of taken) expect(some).toEqual(some.toSorted((a, b) => a - b))
      expect(new Set(taken.flat()).size).toBe(taken.flat().length)
      expect(Math.min(...taken.flat())).toBe(1)
    })

    test('of deleted rows do not come back', async () => {
      const id = await engine.write(async (db) => {
        const next = await ids.next(db, 'thing')
        await db.insertInto('thing').values({ id: next }).execute()
        return next
      })
      await engine.write((db) => db.deleteFrom('thing').execute())
      expect(await engine.write((db) => ids.next(db, 'thing'))).toBeGreaterThan(id)
    })

    test('of an answered write do not come back after the process was killed', async () => {
      const printed = await runAndKill(database.url, 100)
      const rows = await engine.read.selectFrom('thing').select('id').execute()
      const stored = new Set(rows.map(({ id }) => id))
      expect(printed.filter((id) => !stored.has(id - 1))).toEqual([])
      const next = await engine.write((db) => ids.take(db, 'thing', 64))
      expect(next.filter((id) => stored.has(id) || printed.includes(id))).toEqual([])
    })

    test('of an unknown sequence are an error', async () => {
      await expect(engine.write((db) => ids.next(db, 'nothing'))).rejects.toThrow(/nothing/)
    })
  })
}
