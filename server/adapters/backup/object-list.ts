import { type Kysely, sql } from 'kysely'
import type { Database } from '../sql/schema.ts'
import { readLines } from './line-files.ts'

/** An object that rows refer to. `size` and `sha256` are null where no row tells them. */
export type WantedObject = {
  readonly key: string
  readonly size: number | null
  readonly sha256: string | null
}

/** An object as it lies in a backup; without a hash it was missing when the backup was made. */
export type KeptObject = {
  readonly key: string
  readonly size: number
  readonly sha256: string | null
}

/** One line of a file: key, size, SHA-256. */
export type ObjectLine = readonly [string, number | null, string | null]

const page = 5000

/**
 * Every object of the byte store that rows refer to, by key, each once: segments of blobs, parts
 * of uploads, and what clients upload to the store themselves.
 */
export async function* wantedObjects(
  db: Kysely<Database>,
): AsyncGenerator<ObjectLine, void, undefined> {
  for (let after = ''; ; ) {
    const rows = await wantedAfter(db, after)
    for (const [at, row] of rows.entries()) {
      if (row.key === rows[at - 1]?.key) continue
      yield [row.key, row.size, row.sha256]
    }
    if (rows.length < page) return
    after = rows.at(-1)!.key
  }
}

/** A blob's hash is an object's where the blob is one object. */
async function wantedAfter(db: Kysely<Database>, after: string): Promise<WantedObject[]> {
  const limit = sql`order by key limit ${page}`
  const { rows } = await sql<WantedObject>`
    select key, size, sha256 from (
      select * from (select s.key, s.size,
          case when b.size = s.size then b.sha256 end as sha256, 1 as place
        from blob_segments s left join blobs b on b.tenant_id = s.tenant_id and b.id = s.blob_id
        where s.key > ${after} ${limit}) segments
      union all
      select * from (select key, size, cast(null as text), 2
        from upload_parts where key > ${after} ${limit}) parts
      union all
      select * from (select direct_key as key, cast(null as bigint), cast(null as text), 3
        from uploads where direct_key > ${after} ${limit}) direct
    ) wanted order by key, place limit ${page}`.execute(db)
  return rows
}

/** The objects in such a file. */
export async function* readObjects(path: string): AsyncGenerator<WantedObject, void, undefined> {
  for await (const line of readLines(path)) {
    const [key, size, sha256] = line as ObjectLine
    yield { key, size, sha256 }
  }
}
