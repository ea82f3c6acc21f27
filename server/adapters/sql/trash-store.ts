import { type RawBuilder, sql } from 'kysely'
import type { Node } from '../../core/nodes/node.ts'
import type { TrashEntry } from '../../core/trash/trash-entry.ts'
import type {
  TrashEntrySort,
  TrashNodeSort,
  TrashNodesQuery,
  TrashPlace,
  TrashStore,
} from '../../core/trash/trash-store.ts'
import { parentOf } from './node-children-of.ts'
import { kindCodes, type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'
import {
  chooseVersion,
  lockDeleted,
  removeVersions,
  reopenVersion,
  revive,
} from './trash-changes.ts'
import { countGroups, pageOfGroups } from './trash-groups.ts'
import {
  deletedThemselves,
  type EntryRow,
  entriesWhere,
  entryColumns,
  folderCode,
  goneAt,
  superseded,
  toEntry,
} from './trash-rows.ts'

type Condition = RawBuilder<unknown>
type Slice = { readonly offset: number; readonly limit: number }

/** The trash of one tenant. */
export function trashStore(scope: Scope): TrashStore {
  return {
    findEntry: (id) => findEntry(scope, id),
    findDeleted: (nodeId) => newestWhere(scope, sql`n.id = ${nodeId}`),
    findNewest: (parentId, nameKey) =>
      newestWhere(scope, sql`n.parent_id = ${parentId} and n.name_key = ${nameKey}`),
    findContainer: (id) => findContainer(scope, id),
    waysTo: (ids) => waysTo(scope, ids),
    countGroups: (roomId, filter) => countGroups(scope, roomId, filter),
    groups: (roomId, filter, sort, page) => pageOfGroups(scope, roomId, filter, sort, page),
    countEntries: (place) => countEntries(scope, place),
    entries: (place, sort, page) => entries(scope, place, sort, page),
    countNodes: (query) => countNodes(scope, query),
    nodes: (query, sort, page) => nodes(scope, query, sort, page),
    lockDeleted: (nodeId) => lockDeleted(scope, nodeId),
    revive: (nodeId, at) => revive(scope, nodeId, at),
    chooseVersion: (entry) => chooseVersion(scope, entry),
    reopenVersion: (id, from, to) => reopenVersion(scope, id, from, to),
    removeVersions: (nodeId, ids) => removeVersions(scope, nodeId, ids),
    roomsWithEnd: (after, limit) => roomsWithEnd(scope, after, limit),
    until: (roomId, at, limit) => until(scope, roomId, at, limit),
  }
}

async function entriesOf({ db }: Scope, query: RawBuilder<EntryRow>): Promise<TrashEntry[]> {
  return (await query.execute(db)).rows.map(toEntry)
}

/** By key: a version's node first, since an id alone says nothing of where to look. */
async function findEntry(scope: Scope, id: number): Promise<TrashEntry | undefined> {
  const later = sql`(select w.node_id from versions w
    where w.tenant_id = ${scope.tenantId} and w.id = ${id} and w.id <> w.node_id)`
  const isIt = sql`n.id = coalesce(${later}, ${id}) and coalesce(v.id, n.id) = ${id}`
  const [entry] = await entriesOf(
    scope,
    sql<EntryRow>`select ${entryColumns} from ${deletedThemselves(scope)} and ${isIt}
      union all select ${entryColumns} from ${superseded(scope)} and ${isIt}`,
  )
  return entry
}

async function newestWhere(scope: Scope, where: Condition): Promise<TrashEntry | undefined> {
  const [entry] = await entriesOf(
    scope,
    sql<EntryRow>`select ${entryColumns} from ${deletedThemselves(scope)} and ${where}
        and (v.id is null or v.id = n.version_id)
      order by n.deleted_at desc, n.id desc limit 1`,
  )
  return entry
}

async function findContainer({ db, tenantId }: Scope, id: number): Promise<Node | undefined> {
  const { rows } = await sql<NodeRow>`select ${nodeColumns} from nodes n
    where n.tenant_id = ${tenantId} and n.id = ${id}
      and n.kind in (${sql.lit(kindCodes.room)}, ${folderCode})`.execute(db)
  return rows[0] && toNode(rows[0])
}

async function waysTo(scope: Scope, ids: readonly number[]): Promise<Map<number, Node[]>> {
  const found = new Map<number, Node[]>()
  if (ids.length === 0) return found
  const { db, kind, tenantId } = scope
  const { rows } = await sql<NodeRow & { start: number }>`
    with recursive above as (
      select n.id as start, 0 as depth, ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and ${inList(kind, 'n.id', idList(scope, ids))}
      union all
      select a.start, a.depth + 1, ${nodeColumns}
      from above a cross join ${parentOf(db, tenantId)} where a.depth < 1000
    )
    select n.start, ${nodeColumns} from above n order by n.depth desc`.execute(db)
  for (const row of rows) {
    const way = found.get(row.start)
    if (way) way.push(toNode(row))
    else found.set(row.start, [toNode(row)])
  }
  return found
}

function inPlace({ roomId, parentId, kind, nameKey }: TrashPlace): Condition {
  return sql`n.boundary_id = ${roomId} and n.parent_id = ${parentId}
    and n.kind = ${sql.lit(kindCodes[kind])} and n.name_key = ${nameKey}`
}

async function countEntries(scope: Scope, place: TrashPlace): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from (${entriesWhere(scope, sql`n.id`, inPlace(place))}) e`.execute(scope.db)
  return rows[0]!.count
}

const least = sql.lit(-1e15)
const entrySorts: Readonly<Record<TrashEntrySort['by'], readonly Condition[]>> = {
  expireAt: [sql`coalesce(e.expire_at, ${least})`],
  // Nobody keeps when bytes were last read.
  accessedAt: [],
  size: [sql`coalesce(e.v_size, ${least})`],
  classification: [sql`coalesce(e.classification, ${least})`],
  createdAt: [sql`coalesce(e.v_created_at, e.created_at)`],
  updatedAt: [sql`coalesce(e.v_created_at, e.updated_at)`],
  createdBy: namesOf(sql`case when e.v_id is null then e.created_by else e.v_created_by end`),
  updatedBy: namesOf(sql`case when e.v_id is null then e.updated_by else e.v_created_by end`),
  deletedAt: [sql`e.gone_at`],
  deletedBy: namesOf(sql`e.gone_by`),
}

/** First and last name without case; empty for nobody. */
function namesOf(userId: Condition): Condition[] {
  return ['first_name_key', 'last_name_key'].map(
    (column) =>
      sql`coalesce((select u.${sql.ref(column)} from users u
        where u.tenant_id = e.in_tenant and u.id = ${userId}), '')`,
  )
}

async function entries(
  scope: Scope,
  place: TrashPlace,
  { by, descending }: TrashEntrySort,
  { offset, limit }: Slice,
): Promise<TrashEntry[]> {
  const direction = descending ? sql` desc` : sql``
  const keys = [...entrySorts[by], sql`coalesce(e.v_id, e.id)`]
  const columns = sql`${entryColumns}, n.tenant_id as in_tenant`
  return entriesOf(
    scope,
    sql<EntryRow>`select e.* from (${entriesWhere(scope, columns, inPlace(place))}) e
      order by ${sql.join(keys.map((key) => sql`${key}${direction}`))}
      limit ${limit} offset ${offset}`,
  )
}

/** Nodes that were deleted themselves in these rooms, with the newest version of files. */
function nodesWhere(scope: Scope, query: TrashNodesQuery): Condition {
  const { roomIds, kinds, below, parentId } = query
  const codes = kinds.map((kind) => sql.lit(kindCodes[kind]))
  const rooms = inList(scope.kind, 'n.boundary_id', idList(scope, roomIds))
  const isKind = codes.length > 0 ? sql`n.kind in (${sql.join(codes)})` : sql`1 = 0`
  const place =
    below === undefined ? sql`` : sql`and n.parent_id in (${parentsBelow(scope, below)})`
  const isIn = parentId === undefined ? sql`` : sql`and n.parent_id = ${parentId}`
  return sql`${deletedThemselves(scope)} and ${rooms} and ${isKind}
    and (v.id is null or v.id = n.version_id) ${place} ${isIn}`
}

/** The container and all below it, deleted ones too. */
function parentsBelow({ tenantId }: Scope, id: number): Condition {
  return sql`with recursive under(id) as (
      select cast(${id} as bigint)
      union all
      select c.id from under join nodes c on c.tenant_id = ${tenantId} and c.parent_id = under.id
        and c.kind <= ${folderCode}
    ) select id from under`
}

async function countNodes(scope: Scope, query: TrashNodesQuery): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ${nodesWhere(scope, query)}`.execute(scope.db)
  return rows[0]!.count
}

const nodeSorts: Readonly<Record<TrashNodeSort['by'], Condition>> = {
  name: sql`n.name_key`,
  size: sql`coalesce(n.size, ${least})`,
  deletedAt: sql`n.deleted_at`,
}

async function nodes(
  scope: Scope,
  query: TrashNodesQuery,
  { by, descending }: TrashNodeSort,
  { offset, limit }: Slice,
): Promise<TrashEntry[]> {
  const direction = descending ? sql` desc` : sql``
  return entriesOf(
    scope,
    sql<EntryRow>`select ${entryColumns} from ${nodesWhere(scope, query)}
      order by n.kind_order, ${nodeSorts[by]}${direction}, n.id limit ${limit} offset ${offset}`,
  )
}

async function roomsWithEnd({ db, tenantId }: Scope, after: number, limit: number) {
  const { rows } = await sql<NodeRow>`select ${nodeColumns} from nodes n
    where n.tenant_id = ${tenantId} and n.trash_days > 0 and n.deleted_at is null
      and n.id > ${after} order by n.id limit ${limit}`.execute(db)
  return rows.map(toNode)
}

async function until(scope: Scope, roomId: number, at: number, limit: number) {
  const where = sql`n.boundary_id = ${roomId} and ${goneAt} <= ${at}`
  return entriesOf(
    scope,
    sql<EntryRow>`select e.* from (${entriesWhere(scope, entryColumns, where)}) e
      order by e.gone_at, e.id limit ${limit}`,
  )
}
