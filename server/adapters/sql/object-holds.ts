import type { TenantStore } from '../../core/tenants/tenant-store.ts'
import type { Engine } from './engine.ts'
import type { Database } from './schema.ts'

export type ObjectHolds = Pick<TenantStore, 'holdObjects' | 'releaseObjects' | 'objectsHeld'>

/**
 * Holds of all objects, among those of single keys: rows of no tenant, whose key begins with a sign
 * that no key of the byte store has.
 */
const sign = { first: '*', behind: '+' }
const noTenant = 0
/** What backups that died have left is removed by a later one. */
const keptMs = 86_400_000

export function objectHolds(engine: Engine<Database>): ObjectHolds {
  const row = (name: string) => `${sign.first}${name}`
  return {
    async holdObjects(name, until) {
      await engine.write(async (db) => {
        await db
          .insertInto('blob_holds')
          .values({ tenant_id: noTenant, key: row(name), until })
          .onConflict((held) => held.column('key').doUpdateSet({ until }))
          .execute()
        await db
          .deleteFrom('blob_holds')
          .where('key', '>=', sign.first)
          .where('key', '<', sign.behind)
          .where('until', '<', until - keptMs)
          .execute()
      })
    },
    async releaseObjects(name) {
      await engine.write((db) => db.deleteFrom('blob_holds').where('key', '=', row(name)).execute())
    },
    async objectsHeld(now) {
      const held = await engine.read
        .selectFrom('blob_holds')
        .select('key')
        .where('key', '>=', sign.first)
        .where('key', '<', sign.behind)
        .where('until', '>', now)
        .limit(1)
        .execute()
      return held.length > 0
    },
  }
}
