import { type Kysely, sql } from 'kysely'
import { referenceCount } from './check-references.ts'
import { kindCodes } from './node-rows.ts'
import type { Database } from './schema.ts'

/** How many things a check of everything will look at, over all tenants. */
export type CheckCounts = {
  readonly versions: number
  readonly blobs: number
  readonly segments: number
  /** Live. */
  readonly nodes: number
  readonly rooms: number
  readonly containers: number
  /** Kinds of references, in all tenants. */
  readonly references: number
}

const { room, folder } = kindCodes

export async function countForCheck(db: Kysely<Database>): Promise<CheckCounts> {
  const isRoom = sql`kind = ${sql.lit(room)}`
  const isContainer = sql`kind in (${sql.lit(room)}, ${sql.lit(folder)})`
  const { rows } = await sql<CheckCounts>`
    select (select count(*) from versions) as versions, (select count(*) from blobs) as blobs,
      (select count(*) from blob_segments) as segments,
      (select count(*) from tenants) * ${sql.lit(referenceCount)} as "references",
      count(*) as nodes,
      coalesce(sum(case when ${isRoom} then 1 else 0 end), 0) as rooms,
      coalesce(sum(case when ${isContainer} then 1 else 0 end), 0) as containers
    from nodes where deleted_at is null`.execute(db)
  return rows[0]!
}
