import { sql } from 'kysely'
import type { ReachableSegment } from '../../core/tenants/tenant-store.ts'
import type { Engine } from './engine.ts'
import type { Database } from './schema.ts'
import type { SegmentReach } from './tenant-store.ts'

/**
 * What the byte store must hold, of all tenants. `reachable` is one statement and so one state: a
 * key that passes from an upload to a blob in a transaction is found in one of them.
 */
export function segmentReach(engine: Engine<Database>): SegmentReach {
  const { read: db, kind } = engine
  return {
    async reachable(keys) {
      if (keys.length === 0) return new Set()
      const list =
        kind === 'sqlite'
          ? sql`(select value from json_each(${JSON.stringify(keys)}))`
          : sql`(select unnest(cast(${keys} as text[])))`
      const { rows } = await sql<{ key: string }>`
        select key from blob_segments where key in ${list}
        union select key from upload_parts where key is not null and key in ${list}
        union select direct_key from uploads where direct_key is not null and direct_key in ${list}
        union select key from blob_holds where key in ${list}`.execute(db)
      return new Set(rows.map((row) => row.key))
    },
    async segments(afterKey, limit) {
      const { rows } = await sql<ReachableSegment>`
        select key, size from blob_segments where key > ${afterKey}
        order by key limit ${limit}`.execute(db)
      return rows
    },
  }
}
