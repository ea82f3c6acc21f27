import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Node } from '../../core/nodes/node.ts'
import { kindOf } from './engine-handle.ts'
import { childrenOf, parentOf } from './node-children-of.ts'
import { nodesById, oneOf } from './node-look-ups.ts'
import { isLive, kindCodes, type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }
type Many = { tenantId: number; list: unknown }

/**
 * The containers above live nodes, top first: `start` is the node. Rows are carried along, since a
 * join afterwards is planned as a scan of the tenant where there are no statistics. The number of
 * steps is bounded, so that a damaged tree ends in a short answer and not in a loop.
 */
const aboveWhere = (db: Handle, { tenantId }: { tenantId: number }, isStart: RawBuilder<boolean>) =>
  statement(
    db,
    sql<NodeRow & { start: number; depth: number }>`
      with recursive above as (
        select n.id as start, 0 as depth, ${nodeColumns} from nodes n
        where n.tenant_id = ${tenantId} and ${isStart} and ${isLive}
        union all
        select a.start, a.depth + 1, ${nodeColumns}
        from above a cross join ${parentOf(db, tenantId)} where a.depth < 1000
      )
      select n.start, ${nodeColumns} from above n where n.depth > 0
      order by n.depth desc`,
  )

const above = prepared((db: Handle, values: Many) =>
  aboveWhere(db, values, inList(kindOf(db), 'n.id', values.list)),
)
const aboveOne = prepared((db: Handle, values: One) =>
  aboveWhere(db, values, sql<boolean>`n.id = ${values.id}`),
)

/** From the top room down to the parent, for each of these live nodes. */
export async function ancestorsOf(
  scope: Scope,
  ids: readonly number[],
): Promise<Map<number, Node[]>> {
  const found = new Map<number, Node[]>()
  if (ids.length === 0) return found
  const { db, tenantId } = scope
  const { rows } =
    ids.length === 1
      ? await aboveOne(db, oneOf(scope, ids))
      : await above(db, { tenantId, list: idList(scope, ids) })
  const nodes = new Map<number, Node>()
  for (const row of rows) {
    const node = nodes.get(row.id) ?? toNode(row)
    nodes.set(row.id, node)
    const path = found.get(row.start)
    if (path) path.push(node)
    else found.set(row.start, [node])
  }
  await addTops(scope, ids, found)
  return found
}

/** Live nodes without anything above them have an empty path; unknown ones have none. */
async function addTops(
  scope: Scope,
  ids: readonly number[],
  found: Map<number, Node[]>,
): Promise<void> {
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return
  for (const { id } of await nodesById(scope, missing)) found.set(id, [])
}

const within = prepared((db: Handle, values: One & { ancestorId: number }) =>
  statement(
    db,
    sql<{ id: number }>`
      with recursive above(id, parent_id, depth) as (
        select n.id, n.parent_id, 1 from nodes n
        where n.tenant_id = ${values.tenantId} and n.id = ${values.id} and ${isLive}
        union all
        select n.id, n.parent_id, a.depth + 1
        from above a cross join ${parentOf(db, values.tenantId)} where a.depth < 1000
      )
      select id from above where id = ${values.ancestorId} limit 1`,
  ),
)

export async function isWithin(
  { db, tenantId }: Scope,
  id: number,
  ancestorId: number,
): Promise<boolean> {
  return (await within(db, { tenantId, id, ancestorId })).rows.length > 0
}

const below = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`
      with recursive below(id, depth) as (
        select n.id, 0 from nodes n
        where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
        union all
        select n.id, b.depth + 1 from below b cross join ${childrenOf(db, tenantId)}
      )
      select ${nodeColumns} from below b cross join nodes n
      where n.tenant_id = ${tenantId} and n.id = b.id
      order by b.depth, n.id`,
  ),
)

/** Not ordered, so that the engines stop walking at the limit; both walk level by level. */
const firstBelowRows = prepared((db: Handle, values: One & { limit: number }) =>
  statement(
    db,
    sql<NodeRow & { depth: number }>`
      with recursive below(id, depth) as (
        select n.id, 0 from nodes n
        where n.tenant_id = ${values.tenantId} and n.id = ${values.id} and ${isLive}
        union all
        select n.id, b.depth + 1 from below b cross join ${childrenOf(db, values.tenantId)}
      )
      select ${nodeColumns}, b.depth from below b cross join nodes n
      where n.tenant_id = ${values.tenantId} and n.id = b.id
      limit ${values.limit}`,
  ),
)

export async function firstBelow(
  { db, tenantId }: Scope,
  id: number,
  limit: number,
): Promise<Node[]> {
  const { rows } = await firstBelowRows(db, { tenantId, id, limit })
  return rows.sort((a, b) => a.depth - b.depth || a.id - b.id).map(toNode)
}

export async function subtree({ db, tenantId }: Scope, id: number): Promise<Node[]> {
  return (await below(db, { tenantId, id })).rows.map(toNode)
}

/**
 * `below(id)`: the ids of a subtree, deleted nodes included. Live and deleted children lie in two
 * indexes, which the engines join in ways of their own.
 */
function wholeSubtree(db: Handle, tenantId: number, id: number) {
  const start = sql`select n.id from nodes n where n.tenant_id = ${tenantId} and n.id = ${id}`
  if (kindOf(db) === 'sqlite') {
    return sql`below(id) as (${start}
      union all
      select n.id from below b cross join nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = b.id and n.deleted_at is null
      union all
      select n.id from below b cross join nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = b.id and n.deleted_at is not null)`
  }
  return sql`below(id) as (${start}
    union all
    select child.id from below b cross join lateral (
      select n.id from nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = b.id and n.deleted_at is null
      union all
      select n.id from nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = b.id and n.deleted_at is not null
      offset 0
    ) child)`
}

type Rebound = Many & { from: number; to: number }

const reboundAll = prepared((db: Handle, { tenantId, list, from, to }: Rebound) =>
  statement(
    db,
    sql`update nodes set boundary_id = ${to} where tenant_id = ${tenantId}
      and ${inList(kindOf(db), 'id', list)} and boundary_id = ${from}`,
  ),
)

const reouterAll = prepared((db: Handle, { tenantId, list, from, to }: Rebound) =>
  statement(
    db,
    sql`update nodes set outer_id = ${to} where tenant_id = ${tenantId}
      and outer_id = ${from} and ${inList(kindOf(db), 'id', list)}`,
  ),
)

/** Deleted nodes go along: they are restored below the same parent. */
export async function rebound(scope: Scope, id: number, from: number, to: number): Promise<void> {
  const list = idList(scope, await wholeSubtreeIds(scope, id))
  await reboundAll(scope.db, { tenantId: scope.tenantId, list, from, to })
  await reouterAll(scope.db, { tenantId: scope.tenantId, list, from, to })
}

const liveIds = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<{ id: number }>`with recursive below(id) as (
        select n.id from nodes n
        where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
        union all
        select n.id from below b cross join ${childrenOf(db, tenantId)}
      )
      select id from below`,
  ),
)

type Marking = Many & { id: number; at: number; by: number | null }
type Marked = { id: number; size: number | null }

const mark = prepared((db: Handle, { tenantId, list, id, at, by }: Marking) =>
  statement(
    db,
    sql<Marked>`update nodes set deleted_at = ${at}, deleted_by = ${by}, deleted_with = ${id}
      where tenant_id = ${tenantId} and ${inList(kindOf(db), 'id', list)}
        and coalesce(deleted_at, 0) = 0
      returning id, size`,
  ),
)

type Closing = Many & { at: number; by: number | null }

/** Of a file's versions the current one is the one that nothing has superseded. */
const closeVersions = prepared((db: Handle, { tenantId, list, at, by }: Closing) =>
  statement(
    db,
    sql`update versions set superseded_at = ${at}, superseded_by = ${by}
      where tenant_id = ${tenantId} and ${inList(kindOf(db), 'node_id', list)}
        and superseded_at is null`,
  ),
)

export async function markDeleted(
  scope: Scope,
  id: number,
  at: number,
  by: number | null,
): Promise<{ nodes: number; bytes: number }> {
  const { db, tenantId } = scope
  const live = (await liveIds(db, { tenantId, id })).rows.map((row) => row.id)
  const { rows } = await mark(db, { tenantId, list: idList(scope, live), id, at, by })
  const files = rows.flatMap((row) => (row.size === null ? [] : [row.id]))
  if (files.length > 0) await closeVersions(db, { tenantId, list: idList(scope, files), at, by })
  return { nodes: rows.length, bytes: rows.reduce((sum, row) => sum + (row.size ?? 0), 0) }
}

const { room: roomCode, folder: folderCode } = kindCodes

const containersBelow = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<{ id: number }>`with recursive below(id) as (
        select n.id from nodes n
        where n.tenant_id = ${tenantId} and ${inList(kindOf(db), 'n.id', list)}
          and ${isLive}
        union all
        select n.id from below b cross join ${childrenOf(db, tenantId)}
          and n.kind in (${sql.lit(roomCode)}, ${sql.lit(folderCode)})
      )
      select distinct id from below`,
  ),
)

const rooms = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`with recursive below(id, depth) as (
        select n.id, 0 from nodes n
        where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
        union all
        select n.id, b.depth + 1 from below b cross join ${childrenOf(db, tenantId)}
          and n.kind in (${sql.lit(roomCode)}, ${sql.lit(folderCode)})
      )
      select ${nodeColumns} from below b cross join nodes n
      where n.tenant_id = ${tenantId} and n.id = b.id and n.kind = ${sql.lit(roomCode)}
        and b.depth > 0
      order by b.depth, n.id`,
  ),
)

export async function roomsWithin({ db, tenantId }: Scope, id: number): Promise<Node[]> {
  return (await rooms(db, { tenantId, id })).rows.map(toNode)
}

const height = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<{ height: number | null }>`with recursive below(id, depth) as (
        select n.id, 0 from nodes n
        where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
        union all
        select n.id, b.depth + 1 from below b cross join ${childrenOf(db, tenantId)}
          and n.kind in (${sql.lit(roomCode)}, ${sql.lit(folderCode)})
      )
      select max(depth) as height from below`,
  ),
)

export async function heightOf({ db, tenantId }: Scope, id: number): Promise<number> {
  return Number((await height(db, { tenantId, id })).rows[0]?.height ?? 0)
}

/** For update, in the order of the ids; PostgreSQL only. */
const lockForChange = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and ${inList(kindOf(db), 'n.id', list)}
        and ${isLive}
      order by n.id for update`,
  ),
)

/** For key share, likewise. */
const lockForStay = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and ${inList(kindOf(db), 'n.id', list)}
        and ${isLive}
      order by n.id for key share`,
  ),
)

export async function lockNodes(
  scope: Scope,
  ids: readonly number[],
  hold: 'stay' | 'change',
): Promise<Node[]> {
  if (scope.kind === 'sqlite' || ids.length === 0) return nodesById(scope, ids)
  const values = { tenantId: scope.tenantId, list: idList(scope, ids) }
  const { rows } = await (hold === 'stay' ? lockForStay : lockForChange)(scope.db, values)
  return rows.map(toNode)
}

export async function lockSubtrees(scope: Scope, ids: readonly number[]): Promise<Node[]> {
  if (scope.kind === 'sqlite' || ids.length === 0) return nodesById(scope, ids)
  const { db, tenantId } = scope
  let locked = new Set<number>()
  for (;;) {
    const { rows } = await containersBelow(db, { tenantId, list: idList(scope, ids) })
    const found = rows.map(({ id }) => id)
    const isWhole = found.length === locked.size && found.every((id) => locked.has(id))
    if (isWhole) break
    await lockNodes(scope, found, 'change')
    locked = new Set(found)
  }
  return nodesById(
    scope,
    ids.filter((id) => locked.has(id)),
  )
}

const wholeIds = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<{ id: number }>`with recursive ${wholeSubtree(db, tenantId, id)} select id from below`,
  ),
)

/** The ids of a subtree, deleted nodes included, the node itself first. */
export async function wholeSubtreeIds({ db, tenantId }: Scope, id: number): Promise<number[]> {
  return (await wholeIds(db, { tenantId, id })).rows.map((row) => row.id)
}
