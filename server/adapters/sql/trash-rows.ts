import { type RawBuilder, sql } from 'kysely'
import type { TrashEntry } from '../../core/trash/trash-entry.ts'
import {
  kindCodes,
  type NodeRow,
  nodeColumns,
  toNode,
  toVersion,
  versionColumns,
} from './node-rows.ts'
import type { VersionsTable } from './schema/nodes.ts'
import type { Scope } from './scope.ts'

type Condition = RawBuilder<unknown>

export const folderCode = sql.lit(kindCodes.folder)
export const fileCode = sql.lit(kindCodes.file)

/** When it came into the trash: a version closes with its file, or when a newer one comes. */
export const goneAt = sql`coalesce(v.superseded_at, n.deleted_at)`

type VersionPart = {
  [Column in (typeof versionColumns)[number] as `v_${Column}`]: VersionsTable[Column] | null
}

export type EntryRow = NodeRow & VersionPart & { gone_at: number; gone_by: number | null }

/** The columns of an entry, from `nodes n` and `versions v`. */
export const entryColumns = sql.join([
  nodeColumns,
  ...versionColumns.map((column) => sql`${sql.ref(`v.${column}`)} as ${sql.ref(`v_${column}`)}`),
  sql`${goneAt} as gone_at`,
  sql`case when v.id is null then n.deleted_by else v.superseded_by end as gone_by`,
])

/** What was deleted itself, with all versions of files; more conditions may follow. */
export function deletedThemselves(scope: Scope): Condition {
  return sql`nodes n left join versions v on v.tenant_id = n.tenant_id and v.node_id = n.id
    where n.tenant_id = ${scope.tenantId} and n.deleted_at is not null and n.deleted_with = n.id
      and n.kind in (${folderCode}, ${fileCode})`
}

/** The superseded versions of live files; more conditions may follow. */
export function superseded(scope: Scope): Condition {
  return sql`nodes n join versions v on v.tenant_id = n.tenant_id and v.node_id = n.id
      and v.superseded_at is not null
    where n.tenant_id = ${scope.tenantId} and n.has_old = 1 and n.deleted_at is null`
}

/** Entries for which `where` holds, as one relation. */
export function entriesWhere(scope: Scope, columns: Condition, where: Condition): Condition {
  return sql`select ${columns} from ${deletedThemselves(scope)} and ${where}
    union all select ${columns} from ${superseded(scope)} and ${where}`
}

export function toEntry(row: EntryRow): TrashEntry {
  const node = toNode(row)
  const shared = { node, deletedAt: row.gone_at, deletedBy: row.gone_by }
  if (row.v_id === null) return { ...shared, id: node.id, version: null }
  const version = toVersion({
    tenant_id: 0,
    id: row.v_id,
    node_id: row.v_node_id!,
    blob_id: row.v_blob_id!,
    size: row.v_size!,
    md5: row.v_md5,
    sha256: row.v_sha256,
    media_type: row.v_media_type!,
    created_at: row.v_created_at!,
    created_by: row.v_created_by,
    superseded_at: row.v_superseded_at,
    superseded_by: row.v_superseded_by,
    client_modified_at: row.v_client_modified_at,
    restored_at: row.v_restored_at,
  })
  return { ...shared, id: row.v_id, version }
}
