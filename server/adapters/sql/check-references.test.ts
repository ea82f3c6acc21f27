import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkEverything } from '../../core/check/check-everything.ts'
import type { Finding } from '../../core/check/finding.ts'
import { createFolder } from '../../core/nodes/create-folder.ts'
import { createRoom } from '../../core/nodes/create-room.ts'
import { type NodeWorld, nodeWorld } from '../../core/suites/node-world.suite.ts'
import { tablesOf } from './all-tables.ts'
import { referenceRules } from './check-references.ts'
import type { Engine } from './engine.ts'
import { openEngine } from './open-engine.ts'
import type { Database } from './schema.ts'
import { testDatabases } from './test-databases.ts'

/** No id of the world, and small enough for every column. */
const gone = 30_000

describe.each(await testDatabases())('what refers to what is gone on $kind', (databases) => {
  let world: NodeWorld
  let engine: Engine<Database>
  beforeAll(async () => {
    world = await nodeWorld(databases)
    const { node } = await createRoom(world.as('admin'), {
      name: 'Room',
      adminIds: [world.ids.ann],
    })
    await createFolder(world.as('ann'), { parent: { id: node.id }, name: 'folder' })
    engine = await openEngine({ url: world.databaseUrl, role: 'tool' })
  })
  afterAll(async () => {
    await engine.close()
    await world.stop()
  })

  const said = (findings: readonly Finding[]) =>
    findings.map(({ kind, things, expected }) => `${kind} ${things ?? ''} ${expected ?? ''}`).sort()

  it('is found in every table, and removed', async () => {
    for (const table of new Set(referenceRules.map((rule) => rule.table))) {
      await plant(engine, table, world.tenant.id)
    }
    const expected = referenceRules.map(
      ({ things, of, first }) => `dangling ${things} ${of} ${first === '' ? '{}' : gone}`,
    )
    const found = await checkEverything(world.app)
    expect(said(found)).toEqual(expected.sort())
    expect(found.every(({ count, repaired }) => count === 1 && !repaired)).toBe(true)
    const mended = await checkEverything(world.app, { repair: true })
    expect(mended.every(({ repaired }) => repaired)).toBe(true)
    expect(await checkEverything(world.app)).toEqual([])
  })

  it('mounts of rooms that are gone go too', async () => {
    await engine.write(async (db) => {
      const mounts = db.selectFrom('nodes').select('id').where('target_id', 'is not', null)
      const { id } = await mounts.executeTakeFirstOrThrow()
      await db.updateTable('nodes').set({ target_id: gone }).where('id', '=', id).execute()
    })
    expect(said(await checkEverything(world.app))).toEqual(['no-target  '])
    expect((await checkEverything(world.app, { repair: true }))[0]?.repaired).toBe(true)
    expect(await checkEverything(world.app)).toEqual([])
  })
})

/** A row whose columns all name what is gone; key pairs one of each kind. */
async function plant(engine: Engine<Database>, table: string, tenantId: number): Promise<void> {
  const types = await columnsOf(engine, table)
  const kinds = table === 'key_pairs' ? ['user', 'room'] : ['']
  for (const [at, kind] of kinds.entries()) {
    const values = types.map(({ name, type }): RawBuilder<unknown> => {
      if (name === 'tenant_id') return sql`${tenantId}`
      if (table === 'upload_parts' && name === 'key') return sql`null`
      if (name === 'holder_kind') return sql`${kind}`
      if (name === 'id' || name === 'slot') return sql`${gone + 1 + at}`
      if (/int/i.test(type)) return sql`${gone}`
      return /text/i.test(type) ? sql`'{}'` : sql`${new Uint8Array(1)}`
    })
    const names = types.map(({ name }) => sql.ref(name))
    const into = sql`${sql.table(table)} (${sql.join(names)})`
    await engine.write((db) => sql`insert into ${into} values (${sql.join(values)})`.execute(db))
  }
}

async function columnsOf(
  engine: Engine<Database>,
  table: string,
): Promise<{ readonly name: string; readonly type: string }[]> {
  const { rows } = await (engine.kind === 'sqlite'
    ? sql<{ name: string; type: string }>`select name, type from pragma_table_info(${table})`
    : sql<{ name: string; type: string }>`
        select column_name as name, data_type as type from information_schema.columns
        where table_name = ${table}`
  ).execute(engine.read)
  expect((await tablesOf(engine.read)).map(({ name }) => name)).toContain(table)
  return rows
}
