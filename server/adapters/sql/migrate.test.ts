import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { columnTypes } from './column-types.ts'
import type { Engine } from './engine.ts'
import { type MigrationStep, type Migrations, migrate } from './migrate.ts'
import { openEngine } from './open-engine.ts'
import { type TestDatabase, testDatabases } from './test-databases.ts'

type Tables = { first: { id: number; name: string }; second: { id: number } }

const createFirst: Migrations = {
  '0001-first': {
    up: async (db) => {
      const { id, tableEnd } = columnTypes(db)
      await db.schema.createTable('first').addColumn('id', id).modifyEnd(tableEnd).execute()
    },
  },
}

const nameFirst: Migrations = {
  '0002-name': {
    up: async (db) => {
      const { text } = columnTypes(db)
      await db.schema.alterTable('first').addColumn('name', text).execute()
    },
  },
}

for (const databases of await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)) {
  describe(`migrate on ${databases.kind}`, () => {
    let database: TestDatabase
    let engine: Engine<Tables>

    beforeEach(async () => {
      database = await databases.create()
      engine = await openEngine<Tables>({ url: database.url })
    })

    afterEach(async () => {
      await engine.close()
      await database.drop()
    })

    test('runs what is missing, in order, and tells how far it is', async () => {
      expect(await migrate(engine, createFirst)).toEqual(['0001-first'])
      const steps: MigrationStep[] = []
      const all = { ...nameFirst, ...createFirst }
      expect(await migrate(engine, all, (step) => steps.push(step))).toEqual(['0002-name'])
      expect(steps).toEqual([
        { name: '0002-name', number: 1, of: 1, state: 'started' },
        { name: '0002-name', number: 1, of: 1, state: 'done' },
      ])
      expect(await migrate(engine, all)).toEqual([])
      await engine.write((db) => db.insertInto('first').values({ id: 1, name: 'a' }).execute())
    })

    test('one that fails leaves the database as it was', async () => {
      const failing: Migrations = {
        '0002-failing': {
          up: async (db) => {
            await db.schema.createTable('second').addColumn('id', 'integer').execute()
            throw new Error('halfway')
          },
        },
      }
      await expect(migrate(engine, { ...createFirst, ...failing })).rejects.toThrow('halfway')
      await expect(engine.read.selectFrom('first').selectAll().execute()).rejects.toThrow(/first/)
      await expect(engine.read.selectFrom('second').selectAll().execute()).rejects.toThrow(/second/)
      expect(await migrate(engine, createFirst)).toEqual(['0001-first'])
    })

    test('a database of a newer program is refused', async () => {
      await migrate(engine, { ...createFirst, ...nameFirst })
      await expect(migrate(engine, createFirst)).rejects.toMatchObject({ code: 'newer' })
    })

    test('two processes that start at once do not disturb each other', async () => {
      const other = await openEngine<Tables>({ url: database.url, role: 'tool' })
      const all = { ...createFirst, ...nameFirst }
      const ran = await Promise.all([migrate(engine, all), migrate(other, all)])
      expect(ran.flat()).toEqual(['0001-first', '0002-name'])
      await other.close()
    })
  })
}
