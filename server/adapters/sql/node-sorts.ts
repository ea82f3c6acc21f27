import { type RawBuilder, sql } from 'kysely'
import type { NodeSort } from '../../core/nodes/node.ts'

type Condition = RawBuilder<unknown>

/** Sorts before every time, size and class that there is: where the value is not known. */
export const unknown = sql.lit(-1e15)

/** Times of the source file system; where the client said nothing, those of the node itself. */
export const clientCreatedAt = sql`coalesce(n.client_created_at, n.created_at)`
export const clientModifiedAt = sql`coalesce(n.client_modified_at, n.updated_at)`

/** What each sort compares, after the kind; the id decides between equals. */
export const sortKeys: Readonly<Record<NodeSort['by'], readonly Condition[]>> = {
  name: [sql`n.name_key`],
  createdAt: [sql`n.created_at`],
  updatedAt: [sql`n.updated_at`],
  createdBy: namesOf(sql`n.created_by`),
  updatedBy: namesOf(sql`n.updated_by`),
  size: [sql`coalesce(n.size, ${unknown})`],
  classification: [sql`coalesce(n.classification, ${unknown})`],
  clientCreatedAt: [clientCreatedAt],
  clientModifiedAt: [clientModifiedAt],
  fileType: [sql`n.extension`],
  oldVersions: [oldVersionsOf(sql`n.id`)],
  children: [childCountOf(sql`n.id`)],
}

/** First and last name of a user without case; empty for nobody. */
export function namesOf(userId: Condition): Condition[] {
  return ['first_name_key', 'last_name_key'].map(
    (column) =>
      sql`coalesce((select u.${sql.ref(column)} from users u
        where u.tenant_id = n.tenant_id and u.id = ${userId}), '')`,
  )
}

/** How many versions of a node were superseded. */
export function oldVersionsOf(id: Condition): Condition {
  return sql`(select count(*) from versions v where v.tenant_id = n.tenant_id
    and v.node_id = ${id} and v.superseded_at is not null)`
}

/** Rooms, folders and files directly in a container. */
export function childCountOf(id: Condition): Condition {
  return sql`coalesce((select sum(t.rooms + t.folders + t.files) from tallies t
    where t.tenant_id = n.tenant_id and t.node_id = ${id}), 0)`
}
