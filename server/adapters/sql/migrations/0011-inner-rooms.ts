import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

/**
 * Rooms inside homes and folders stand alone: `outer_id` is the room around them. Nobody passes
 * through what is around them any more, so the passages that such rooms gave go.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('nodes').addColumn('outer_id', columnTypes(db).id).execute()
  await sql`create index nodes_inner_rooms on nodes (tenant_id, outer_id)
    where outer_id is not null`.execute(db)
  await sql`update nodes set outer_id = parent_id where kind = 1 and deleted_at is null
    and exists (select 1 from nodes p where p.tenant_id = nodes.tenant_id
      and p.id = nodes.parent_id and p.home_of is not null)`.execute(db)
  await sql`delete from access where permissions = 0 and exists (
    with recursive above(id, parent_id, outer_id) as (
      select n.id, n.parent_id, n.outer_id from nodes n
      where n.tenant_id = access.tenant_id and n.id = access.via_id
      union all
      select n.id, n.parent_id, n.outer_id from above a join nodes n
        on n.tenant_id = access.tenant_id and n.id = a.parent_id
      where a.id <> access.boundary_id)
    select 1 from above where outer_id is not null and id <> access.boundary_id)`.execute(db)
}
