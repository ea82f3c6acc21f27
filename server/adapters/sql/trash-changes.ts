import { sql } from 'kysely'
import { fault } from '../../core/fault.ts'
import type { TrashEntry } from '../../core/trash/trash-entry.ts'
import { atPlace } from './node-changes.ts'
import { contentColumns, type NodeRow, nameColumns, nodeColumns, toNode } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

type Place = { readonly parentId: number; readonly name: string }
type Revived = { id: number; size: number | null }

/** The node first, since only its name may clash; then what went along with it. */
export async function revive(
  scope: Scope,
  nodeId: number,
  { parentId, name }: Place,
): Promise<{ nodes: number; bytes: number }> {
  const { db, tenantId, kind: engine } = scope
  const { rows } = await sql<NodeRow>`select ${nodeColumns} from nodes n
    where n.tenant_id = ${tenantId} and n.id = ${nodeId}`.execute(db)
  const node = rows[0] ? toNode(rows[0]) : fault('not-found', 'node')
  const named = nameColumns(name, node.kind)
  const [root] = await atPlace(scope, { ...node, name, parentId }, async (handle) => {
    const back = await sql<Revived>`update nodes set deleted_at = null, deleted_by = null,
        deleted_with = null, parent_id = ${parentId}, name = ${named.name},
        name_key = ${named.name_key}, extension = ${named.extension}
      where tenant_id = ${tenantId} and id = ${nodeId} and deleted_with = ${nodeId}
      returning id, size`.execute(handle)
    return back.rows
  })
  if (!root) return fault('not-found', 'node')
  const along = await sql<Revived>`update nodes set deleted_at = null, deleted_by = null,
      deleted_with = null
    where tenant_id = ${tenantId} and deleted_with = ${nodeId} and deleted_with is not null
    returning id, size`.execute(db)
  const all = [root, ...along.rows]
  const files = all.flatMap(({ id, size }) => (size === null ? [] : [id]))
  if (files.length > 0) {
    await sql`update versions set superseded_at = null, superseded_by = null
      where tenant_id = ${tenantId} and ${inList(engine, 'node_id', idList(scope, files))}
        and id = (select n.version_id from nodes n
          where n.tenant_id = ${tenantId} and n.id = versions.node_id)`.execute(db)
  }
  return { nodes: all.length, bytes: all.reduce((sum, { size }) => sum + (size ?? 0), 0) }
}

/** PostgreSQL waits for whoever has the row; SQLite has one writer. */
export async function lockDeleted({ db, kind, tenantId }: Scope, nodeId: number): Promise<boolean> {
  const { rows } = await sql`select id from nodes where tenant_id = ${tenantId}
    and id = ${nodeId} and deleted_with = ${nodeId}
    ${kind === 'postgres' ? sql`for update` : sql``}`.execute(db)
  return rows.length > 0
}

export async function chooseVersion(scope: Scope, { node, version }: TrashEntry): Promise<void> {
  if (!version || version.id === node.content?.versionId) return
  const { numUpdatedRows } = await scope.db
    .updateTable('nodes')
    .set({
      ...contentColumns(version.content),
      current_id: version.id,
      client_modified_at: version.clientModifiedAt ?? null,
      has_old: 1,
    })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', node.id)
    .where('deleted_with', '=', node.id)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) fault('not-found', 'node')
}

export async function reopenVersion(
  { db, tenantId }: Scope,
  versionId: number,
  fromNodeId: number,
  nodeId: number,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('versions')
    .set({ node_id: nodeId, superseded_at: null, superseded_by: null })
    .where('tenant_id', '=', tenantId)
    .where('node_id', '=', fromNodeId)
    .where('id', '=', versionId)
    .where('superseded_at', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) fault('not-found', 'version')
  if (nodeId === fromNodeId) return
  await sql`update file_keys set node_id = ${nodeId} where tenant_id = ${tenantId}
    and node_id = ${fromNodeId} and version_id = ${versionId}`.execute(db)
}

export async function removeVersions(
  scope: Scope,
  nodeId: number,
  versionIds: readonly number[],
): Promise<number> {
  if (versionIds.length === 0) return 0
  const { rows } = await sql<{ size: number; id: number }>`delete from versions
    where tenant_id = ${scope.tenantId} and node_id = ${nodeId} and superseded_at is not null
      and ${inList(scope.kind, 'id', idList(scope, versionIds))}
    returning size, id`.execute(scope.db)
  const removed = rows.map(({ id }) => id)
  await sql`delete from file_keys where tenant_id = ${scope.tenantId} and node_id = ${nodeId}
    and ${inList(scope.kind, 'version_id', idList(scope, removed))}`.execute(scope.db)
  return rows.reduce((sum, { size }) => sum + size, 0)
}
