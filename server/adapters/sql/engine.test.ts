import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attempt } from './attempt.ts'
import { columnTypes } from './column-types.ts'
import { constraintOf, violatesUnique } from './constraint-of.ts'
import type { Engine } from './engine.ts'
import { hold } from './hold.ts'
import { openEngine } from './open-engine.ts'
import { prepared } from './prepared.ts'
import { type TestDatabase, testDatabases } from './test-databases.ts'

type Note = { id: number; folder: number; name: string; bytes: Uint8Array | null; size: number }
type Tables = { note: Note; folder: { id: number } }

async function createTables(db: Kysely<Tables>): Promise<void> {
  const { id, text, bytes, number, tableEnd } = columnTypes(db)
  await db.schema
    .createTable('folder')
    .addColumn('id', id, (column) => column.primaryKey())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('note')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('folder', id, (column) => column.notNull().references('folder.id'))
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('bytes', bytes)
    .addColumn('size', number, (column) => column.notNull())
    .addUniqueConstraint('note_name', ['folder', 'name'])
    .addCheckConstraint('note_size', sql`size >= 0`)
    .modifyEnd(tableEnd)
    .execute()
  await db
    .insertInto('folder')
    .values([{ id: 1 }, { id: 2 }])
    .execute()
}

const note = (id: number, more: Partial<Note> = {}): Note => ({
  id,
  folder: 1,
  name: `note ${id}`,
  bytes: null,
  size: 0,
  ...more,
})

for (const databases of await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)) {
  describe(`engine on ${databases.kind}`, () => {
    let database: TestDatabase
    let engine: Engine<Tables>

    beforeAll(async () => {
      database = await databases.create()
      engine = await openEngine<Tables>({ url: database.url })
      await engine.exclusive(createTables)
    })

    afterAll(async () => {
      await engine.close()
      await database.drop()
    })

    const add = (row: Note) => engine.write((db) => db.insertInto('note').values(row).execute())
    const count = async (folder: number, db: Kysely<Tables> = engine.read) => {
      const rows = db.selectFrom('note').where('folder', '=', folder)
      const { n } = await rows
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    }

    test('64 writers at once all commit, and one that fails undoes only itself', async () => {
      const before = await count(1)
      const failure = new Error('the 33rd')
      const results = await Promise.allSettled(
        Array.from({ length: 64 }, (_, index) =>
          engine.write(async (db) => {
            await db
              .insertInto('note')
              .values(note(1000 + index))
              .execute()
            if (index === 32) throw failure
            return index
          }),
        ),
      )
      const failed = results.filter((result) => result.status === 'rejected')
      expect(failed.map(({ reason }) => reason)).toEqual([failure])
      expect(results[63]).toEqual({ status: 'fulfilled', value: 63 })
      expect(await count(1)).toBe(before + 63)
    })

    test('reads never see what is not committed, and at once what is', async () => {
      await engine.write(async (db) => {
        await db
          .insertInto('note')
          .values(note(2, { folder: 2 }))
          .execute()
        expect(await count(2, db)).toBe(1)
        expect(await count(2)).toBe(0)
      })
      expect(await count(2)).toBe(1)
    })

    test('a snapshot stays in one state while others write', async () => {
      const before = await count(1)
      await engine.snapshot(async (db) => {
        expect(await count(1, db)).toBe(before)
        await add(note(3))
        expect(await count(1, db)).toBe(before)
      })
      expect(await count(1)).toBe(before + 1)
    })

    test('reads and snapshots cannot write', async () => {
      const row = note(4)
      await expect(engine.read.insertInto('note').values(row).execute()).rejects.toThrow(
        /read-?only/,
      )
      const write = engine.snapshot((db) => db.insertInto('note').values(row).execute())
      await expect(write).rejects.toThrow(/read-?only/)
    })

    test('values come back alike on both engines', async () => {
      const bytes = new Uint8Array([0, 255, 39, 92])
      const size = Number.MAX_SAFE_INTEGER
      await add(note(5, { bytes, size, name: 'Grüße 𝒳' }))
      const row = await engine.read.selectFrom('note').selectAll().where('id', '=', 5).execute()
      expect(row[0]).toMatchObject({ size, name: 'Grüße 𝒳' })
      expect(Buffer.from(row[0]?.bytes ?? [])).toEqual(Buffer.from(bytes))
      const sum = engine.read.selectFrom('note').select((eb) => eb.fn.sum<number>('size').as('sum'))
      expect(await sum.where('id', '=', 5).execute()).toEqual([{ sum: size }])
    })

    test('a number beyond 2^53 is an error, not another number', async () => {
      const query = sql`select 9007199254740993 as large`.execute(engine.read)
      await expect(query).rejects.toMatchObject({ code: 'out-of-range' })
      expect(await count(9)).toBe(0)
    })

    test('text is compared by code point, LIKE tells upper from lower case', async () => {
      for (const [index, name] of ['b', 'B', 'ä', 'a'].entries()) {
        await add(note(10 + index, { folder: 2, name }))
      }
      const names = engine.read
        .selectFrom('note')
        .select('name')
        .where('id', 'in', [10, 11, 12, 13])
      const inOrder = await names.orderBy('name').execute()
      expect(inOrder.map(({ name }) => name)).toEqual(['B', 'a', 'b', 'ä'])
      expect(await names.where('name', 'like', 'B%').execute()).toEqual([{ name: 'B' }])
    })

    test('violated constraints are told alike', async () => {
      const errorOf = (row: Note) => add(row).then(() => undefined, constraintOf)
      await add(note(20, { name: 'taken' }))
      expect(await errorOf(note(21, { name: 'taken' }))).toEqual({
        kind: 'unique',
        table: 'note',
        columns: ['folder', 'name'],
      })
      expect(await errorOf(note(20, { name: 'same id' }))).toEqual({
        kind: 'unique',
        table: 'note',
        columns: ['id'],
      })
      expect(await errorOf(note(22, { folder: 99 }))).toEqual({ kind: 'foreign' })
      expect(await errorOf(note(22, { size: -1 }))).toEqual({ kind: 'check', name: 'note_size' })
      const taken = await add(note(22, { name: 'taken' })).catch((error: unknown) => error)
      expect(violatesUnique(taken, 'note', ['folder', 'name'])).toBe(true)
      expect(violatesUnique(taken, 'note', ['id'])).toBe(false)
      expect(constraintOf(new Error('other'))).toBeUndefined()
    })

    test('an attempt that fails leaves the transaction usable', async () => {
      await engine.write(async (db) => {
        await db.insertInto('note').values(note(30)).execute()
        const twice = attempt(db, async () => {
          await db.insertInto('note').values(note(31)).execute()
          await db.insertInto('note').values(note(30)).execute()
        })
        await expect(twice).rejects.toThrow(/unique/i)
        await attempt(db, () => db.insertInto('note').values(note(32)).execute())
      })
      const rows = engine.read.selectFrom('note').select('id').where('id', 'in', [30, 31, 32])
      expect(await rows.orderBy('id').execute()).toEqual([{ id: 30 }, { id: 32 }])
    })

    test('a taken name met with "on conflict do nothing" returns no row', async () => {
      const insert = (id: number) =>
        engine.write((db) =>
          db
            .insertInto('note')
            .values(note(id, { name: 'only one' }))
            .onConflict((conflict) => conflict.columns(['folder', 'name']).doNothing())
            .returning('id')
            .executeTakeFirst(),
        )
      expect(await insert(40)).toEqual({ id: 40 })
      expect(await insert(41)).toBeUndefined()
    })

    test('a prepared statement takes new values each time', async () => {
      const find = prepared((db: Kysely<Tables>, { id, at }: { id: number; at: number }) =>
        db.selectFrom('note').select('name').where('id', '=', id).where('size', '>=', at).limit(at),
      )
      await add(note(50, { size: 7 }))
      expect((await find(engine.read, { id: 50, at: 5 })).rows).toEqual([{ name: 'note 50' }])
      expect((await find(engine.read, { id: 51, at: 5 })).rows).toEqual([])
      const rename = prepared((db: Kysely<Tables>, { id, name }: { id: number; name: string }) =>
        db.updateTable('note').set({ name }).where('id', '=', id),
      )
      const { numAffectedRows } = await engine.write((db) => rename(db, { id: 50, name: 'new' }))
      expect(numAffectedRows).toBe(1n)
      expect((await find(engine.read, { id: 50, at: 5 })).rows).toEqual([{ name: 'new' }])
    })

    test('writers that hold the same name do not act on what another is changing', async () => {
      await add(note(60))
      const size = async (db: Kysely<Tables>) => {
        const row = db.selectFrom('note').select('size').where('id', '=', 60)
        return (await row.executeTakeFirstOrThrow()).size
      }
      const increase = () =>
        engine.write(async (db) => {
          await hold(db, 'note 60')
          const next = (await size(db)) + 1
          await db.updateTable('note').set({ size: next }).where('id', '=', 60).execute()
        })
      await Promise.all(Array.from({ length: 20 }, increase))
      expect(await size(engine.read)).toBe(20)
    })

    test('a transaction cannot be used when it is over', async () => {
      const leaked = await engine.write(async (db) => () => count(1, db))
      await expect(leaked()).rejects.toMatchObject({ code: 'over' })
    })

    test('closing finishes what was accepted and refuses the rest', async () => {
      const other = await databases.create()
      const closing = await openEngine<Tables>({ url: other.url })
      await closing.exclusive(createTables)
      const writes = [1, 2, 3].map((id) =>
        closing.write((db) => db.insertInto('note').values(note(id)).execute()),
      )
      const closed = closing.close()
      await expect(closing.write(async () => 1)).rejects.toMatchObject({ code: 'closed' })
      await Promise.all([...writes, closed])
      const again = await openEngine<Tables>({ url: other.url })
      expect(await again.read.selectFrom('note').select('id').execute()).toHaveLength(3)
      expect(again.stats()).toMatchObject({ commits: 0, queued: 0 })
      await again.close()
      await other.drop()
    })
  })
}
