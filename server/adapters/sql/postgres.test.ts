import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine, EngineOptions } from './engine.ts'
import { openEngine } from './open-engine.ts'
import { type TestDatabase, testDatabases } from './test-databases.ts'

type Tables = { counter: { id: number; value: number } }

/** A door in front of the server that can be slammed. */
async function door(url: URL) {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connectSocket(Number(url.port || 5432), url.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const through = new URL(url)
  through.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const slam = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url: through.href, slam }
}

const all = await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)
for (const databases of all.filter(({ kind }) => kind === 'postgres')) {
  describe('postgres alone', () => {
    let database: TestDatabase
    let engine: Engine<Tables>
    const open = (more: Partial<EngineOptions>) =>
      openEngine<Tables>({ url: database.url, ...more })

    beforeAll(async () => {
      database = await databases.create()
      engine = await open({})
      await engine.exclusive(async (db) => {
        await sql`create table counter (id bigint primary key, value bigint not null)`.execute(db)
        await sql`insert into counter values (1, 0), (2, 0)`.execute(db)
      })
    })

    afterAll(async () => {
      await engine.close()
      await database.drop()
    })

    const add = (db: Engine<Tables>, id: number) =>
      db.write(async (tx) => {
        const row = tx.selectFrom('counter').select('value').where('id', '=', id)
        const { value } = await row.executeTakeFirstOrThrow()
        await tx
          .updateTable('counter')
          .set({ value: value + 1 })
          .where('id', '=', id)
          .execute()
      })

    test('colliding transactions are repeated until each has its turn', async () => {
      const serial = await open({ postgres: { isolation: 'serializable', attempts: 100 } })
      await Promise.all(Array.from({ length: 10 }, () => add(serial, 1)))
      const rows = engine.read.selectFrom('counter').select('value').where('id', '=', 1)
      expect(await rows.execute()).toEqual([{ value: 10 }])
      await serial.close()
    })

    test('a write that collides too often is told as busy', async () => {
      const serial = await open({ postgres: { isolation: 'serializable', attempts: 1 } })
      const results = await Promise.allSettled(Array.from({ length: 10 }, () => add(serial, 2)))
      const reasons = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason as { code: string }] : [],
      )
      expect(reasons.length).toBeGreaterThan(0)
      expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(['busy']))
      await serial.close()
    })

    test('a statement that takes too long is told as timeout', async () => {
      const quick = await open({ postgres: { statementMs: 50 } })
      const slow = quick.write((db) => sql`select pg_sleep(5)`.execute(db))
      await expect(slow).rejects.toMatchObject({ code: 'timeout' })
      await quick.close()
    })

    test('a failed statement that is passed over does not look like a commit', async () => {
      const write = engine.write(async (db) => {
        await db
          .insertInto('counter')
          .values({ id: 1, value: 0 })
          .execute()
          .catch(() => undefined)
      })
      await expect(write).rejects.toThrow(/rolled back/)
    })

    test('a lost connection is told as unreachable, during a commit as uncertain', async () => {
      const { url, slam } = await door(new URL(database.url))
      const warnings: string[] = []
      const lost = await open({ url, onWarning: (message) => warnings.push(message) })
      const write = lost.write(async (db) => {
        await sql`select 1`.execute(db)
        slam()
        await sql`select 2`.execute(db)
      })
      await expect(write).rejects.toMatchObject({ code: 'unreachable' })
      await expect(add(lost, 1)).rejects.toMatchObject({ code: 'unreachable' })
      await lost.close()

      const second = await door(new URL(database.url))
      const atCommit = await open({ url: second.url, onWarning: () => undefined })
      const committing = atCommit.write(async (db) => {
        await sql`select 1`.execute(db)
        second.slam()
      })
      await expect(committing).rejects.toMatchObject({ code: 'uncertain' })
      await atCommit.close()
    })

    test('a server that does not answer is told when the engine is opened', async () => {
      const nowhere = open({ url: 'postgres://postgres@127.0.0.1:1/none' })
      await expect(nowhere).rejects.toMatchObject({ code: 'unreachable' })
    })

    test('settings that can lose commits are told', async () => {
      const warnings: string[] = []
      const url = `${database.url}?options=-c%20synchronous_commit%3Doff`
      const careless = await open({ url, onWarning: (message) => warnings.push(message) })
      expect(warnings).toEqual([expect.stringContaining('synchronous_commit=off')])
      await careless.close()
    })
  })
}
