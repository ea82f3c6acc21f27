import { type Kysely, sql } from 'kysely'
import { childrenOf } from './node-children-of.ts'
import { isLive, kindCodes } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { type Scope, statement } from './scope.ts'

type One = { tenantId: number; id: number }
type Counted = { files: number | null; folders: number | null }

/** Containers are walked, and what each holds is read from its counters. */
const within = prepared((db: Kysely<Database>, { tenantId, id }: One) =>
  statement(
    db,
    sql<Counted>`with recursive below(id) as (
        select n.id from nodes n
        where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
        union all
        select n.id from below b cross join ${childrenOf(db, tenantId)}
          and n.kind in (${sql.lit(kindCodes.room)}, ${sql.lit(kindCodes.folder)})
      )
      select sum(t.files) as files, sum(t.folders + t.rooms) as folders
      from below b cross join tallies t
      where t.tenant_id = ${tenantId} and t.node_id = b.id`,
  ),
)

export async function countWithin(
  { db, tenantId }: Scope,
  id: number,
): Promise<{ files: number; folders: number }> {
  const row = (await within(db, { tenantId, id })).rows[0]
  return { files: Number(row?.files ?? 0), folders: Number(row?.folders ?? 0) }
}
