import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Feed, openFeed } from '../../core/events/feed.ts'
import type { ToldEvent } from '../../core/events/told-event.ts'
import { onJobQueued } from '../../core/jobs/job-signal.ts'
import { createFolder } from '../../core/nodes/create-folder.ts'
import { createRoom } from '../../core/nodes/create-room.ts'
import { type NodeWorld, nodeWorld } from '../../core/suites/node-world.suite.ts'
import { type OpenStore, openStore } from './open-store.ts'
import { testDatabases } from './test-databases.ts'

/** Less than the time after which a feed that is told looks by itself. */
const soon = { timeout: 4000, interval: 2 }
const inTime = { timeout: 5000, interval: 10 }

const all = await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)
for (const databases of all.filter(({ kind }) => kind === 'postgres')) {
  describe('processes on one postgres', () => {
    let world: NodeWorld
    let other: OpenStore
    let feed: Feed
    let room: number
    const warnings: string[] = []
    const told: ToldEvent[] = []

    beforeAll(async () => {
      world = await nodeWorld(databases)
      room = (await createRoom(world.as('admin'), { name: 'Room', adminIds: [world.ids.ann] })).node
        .id
      const onWarning = (message: string) => warnings.push(message)
      other = await openStore({ url: world.databaseUrl, onWarning })
      feed = openFeed({ ...world.app, store: other.store })
      await feed.listen(world.tenant, world.ids.ann, (events) => told.push(...events))
    })
    afterAll(async () => {
      await feed.close()
      await other.close()
      await world.stop()
    })

    const bothHear = () =>
      expect
        .poll(() => [world.app.store.hearsOthers(), other.store.hearsOthers()], inTime)
        .toEqual([true, true])
    const folder = (name: string) => createFolder(world.as('ann'), { parent: { id: room }, name })
    const names = () => told.map(({ event }) => event.nodeName)

    test('what one commits is told by the feed of the other at once', async () => {
      await bothHear()
      const took: number[] = []
      for (const name of ['one', 'two', 'three']) {
        await folder(name)
        const committed = performance.now()
        await expect.poll(names, soon).toContain(name)
        took.push(performance.now() - committed)
      }
      expect(Math.min(...took)).toBeLessThan(250)
      await Promise.all(['a', 'b', 'c'].map(folder))
      await expect.poll(() => names().slice(-3).sort(), soon).toEqual(['a', 'b', 'c'])
      expect(told).toHaveLength(6)
    })

    test('a job of one wakes the other, and its own process as before', async () => {
      await bothHear()
      const woken: (number | null)[] = []
      const ends = [world.app.store, other.store].map((store) =>
        onJobQueued({ store }, (tenantId) => woken.push(tenantId)),
      )
      await other.store.write(world.tenant.id, (tx) => tx.jobs.enqueue('sweep', {}, 0))
      await expect.poll(() => woken, soon).toEqual([world.tenant.id, world.tenant.id])
      for (const end of ends) end()
    })

    test('a connection that is lost is made anew, and what was missed is looked for', async () => {
      await bothHear()
      const client = new pg.Client({ connectionString: world.databaseUrl })
      await client.connect()
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'strongroom signals' and datname = current_database()`,
      )
      expect(rowCount).toBe(2)
      await expect.poll(() => warnings, inTime).toHaveLength(1)
      await folder('meanwhile')
      await bothHear()
      await expect.poll(names, soon).toContain('meanwhile')
      await folder('afterwards')
      await expect.poll(names, soon).toContain('afterwards')
      expect(warnings[0]).toContain('Other processes are not heard')
      expect(warnings).toHaveLength(1)
      await client.query("notify strongroom, 'not of ours'")
      await client.end()
    })
  })
}
