import { type Kysely, sql } from 'kysely'
import type { Node, NodeKind } from '../../core/nodes/node.ts'
import type { ChildPlace, Version } from '../../core/nodes/node-store.ts'
import { kindOf } from './engine-handle.ts'
import { isLive, kindCodes, type NodeRow, nodeColumns, toNode, toVersion } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { VersionsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>

type One = { tenantId: number; id: number }
type Many = { tenantId: number; list: unknown }

const byId = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}`,
  ),
)

export async function nodeById({ db, tenantId }: Scope, id: number): Promise<Node | undefined> {
  return first(await byId(db, { tenantId, id }))
}

/** The id of a file's current version; a container's own id. */
const byCurrent = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.current_id = ${id} and ${isLive}
        and n.id = coalesce((select v.node_id from versions v
          where v.tenant_id = ${tenantId} and v.id = ${id} and v.id <> v.node_id), ${id})`,
  ),
)

export async function nodeByCurrent(
  { db, tenantId }: Scope,
  currentId: number,
): Promise<Node | undefined> {
  return first(await byCurrent(db, { tenantId, id: currentId }))
}

/** Most look-ups by a list are for one id, and a list costs an engine more. */
export const oneOf = ({ tenantId }: Scope, ids: readonly number[]): One => ({
  tenantId,
  id: ids[0]!,
})

const byIds = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and ${inList(kindOf(db), 'n.id', list)}
        and ${isLive}`,
  ),
)

export async function nodesById(scope: Scope, ids: readonly number[]): Promise<Node[]> {
  if (ids.length === 0) return []
  if (ids.length === 1) return (await byId(scope.db, oneOf(scope, ids))).rows.map(toNode)
  const { rows } = await byIds(scope.db, { tenantId: scope.tenantId, list: idList(scope, ids) })
  return rows.map(toNode)
}

type Child = { tenantId: number; parentId: number; key: string }

const byKey = prepared((db: Handle, { tenantId, parentId, key }: Child) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = ${parentId} and n.name_key = ${key}
        and n.deleted_at is null`,
  ),
)

export async function childByKey(
  { db, tenantId }: Scope,
  parentId: number | null,
  key: string,
): Promise<Node | undefined> {
  return first(await byKey(db, { tenantId, parentId: parentId ?? 0, key }))
}

/** One value holds all places: pairs of container and name, as JSON. */
const byPlaces = prepared((db: Handle, { tenantId, list }: Many) => {
  const [places, parentId, key] =
    kindOf(db) === 'sqlite'
      ? [sql`json_each(${list}) p`, sql`p.value ->> 0`, sql`p.value ->> 1`]
      : [
          sql`jsonb_array_elements(cast(${list} as jsonb)) p`,
          sql`cast(p.value ->> 0 as bigint)`,
          sql`p.value ->> 1`,
        ]
  // A cross join has SQLite look each place up, in this order.
  return statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from ${places} cross join nodes n
      where n.tenant_id = ${tenantId} and n.parent_id = ${parentId} and n.name_key = ${key}
        and n.deleted_at is null`,
  )
})

export async function childrenByKeys(
  { db, tenantId }: Scope,
  places: readonly ChildPlace[],
): Promise<Node[]> {
  if (places.length === 0) return []
  const list = JSON.stringify(places.map(({ parentId, nameKey }) => [parentId, nameKey]))
  return (await byPlaces(db, { tenantId, list })).rows.map(toNode)
}

type Keys = { tenantId: number; parentId: number; from: string; to: string }

const keysBetween = prepared((db: Handle, { tenantId, parentId, from, to }: Keys) =>
  db
    .selectFrom('nodes')
    .select('name_key')
    .where('tenant_id', '=', tenantId)
    .where('parent_id', '=', parentId)
    .where('name_key', '>=', from)
    .where('name_key', '<', to)
    .where('deleted_at', 'is', null)
    .orderBy('name_key'),
)

export async function takenKeys(
  { db, tenantId }: Scope,
  parentId: number | null,
  prefixKey: string,
): Promise<string[]> {
  // The last code point sorts behind everything that may follow the prefix.
  const to = `${prefixKey}\u{10FFFF}`
  const { rows } = await keysBetween(db, {
    tenantId,
    parentId: parentId ?? 0,
    from: prefixKey,
    to,
  })
  return rows.map((row) => row.name_key)
}

type Expired = { tenantId: number; now: number; limit: number }

const expiredBy = prepared((db: Handle, { tenantId, now, limit }: Expired) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.expire_at <= ${now} and n.expire_at is not null
        and n.deleted_at is null
      order by n.expire_at, n.id limit ${limit}`,
  ),
)

export async function expiredNodes(
  { db, tenantId }: Scope,
  now: number,
  limit: number,
): Promise<Node[]> {
  return (await expiredBy(db, { tenantId, now, limit })).rows.map(toNode)
}

/** Live children that have expired; looked up among all that have, which are few. */
export async function countExpired(
  { db, tenantId }: Scope,
  parentId: number,
  kinds: readonly NodeKind[],
  now: number,
): Promise<number> {
  if (kinds.length === 0) return 0
  const { count } = await db
    .selectFrom('nodes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('parent_id', '=', parentId)
    .where(
      'kind',
      'in',
      kinds.map((kind) => kindCodes[kind]),
    )
    .where('expire_at', 'is not', null)
    .where('expire_at', '<=', now)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

const mountsIn = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.boundary_id = ${id} and n.target_id is not null
        and n.deleted_at is null
      order by n.id`,
  ),
)

export async function mountsOf({ db, tenantId }: Scope, homeId: number): Promise<Node[]> {
  return (await mountsIn(db, { tenantId, id: homeId })).rows.map(toNode)
}

const mountsOn = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.target_id = ${id} and n.target_id is not null
      order by n.id`,
  ),
)

export async function mountsTo({ db, tenantId }: Scope, targetId: number): Promise<Node[]> {
  return (await mountsOn(db, { tenantId, id: targetId })).rows.map(toNode)
}

const homeOf = prepared((db: Handle, { tenantId, id }: One) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and n.home_of = ${id}
        and n.home_of is not null and n.deleted_at is null`,
  ),
)

const homes = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<NodeRow>`select ${nodeColumns} from nodes n
      where n.tenant_id = ${tenantId} and ${inList(kindOf(db), 'n.home_of', list)}
        and n.home_of is not null and n.deleted_at is null`,
  ),
)

export async function homesOf(
  scope: Scope,
  userIds: readonly number[],
): Promise<Map<number, Node>> {
  if (userIds.length === 0) return new Map()
  const { db, tenantId } = scope
  const { rows } =
    userIds.length === 1
      ? await homeOf(db, oneOf(scope, userIds))
      : await homes(db, { tenantId, list: idList(scope, userIds) })
  return new Map(rows.map((row) => [row.home_of!, toNode(row)]))
}

const versionsOfNode = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('node_id', '=', id)
    .orderBy('id', 'desc'),
)

/** Newest first. */
export async function versionsOf({ db, tenantId }: Scope, nodeId: number): Promise<Version[]> {
  const { rows } = await versionsOfNode(db, { tenantId, id: nodeId })
  return rows.map((row: VersionsTable) => toVersion(row))
}

const oldVersions = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<{ node_id: number; count: number }>`select v.node_id, count(*) as count from versions v
      where v.tenant_id = ${tenantId} and ${inList(kindOf(db), 'v.node_id', list)}
        and v.superseded_at is not null
      group by v.node_id`,
  ),
)

/** Nodes without old versions have no entry. */
export async function countOldVersions(
  scope: Scope,
  nodeIds: readonly number[],
): Promise<Map<number, number>> {
  if (nodeIds.length === 0) return new Map()
  const list = idList(scope, nodeIds)
  const { rows } = await oldVersions(scope.db, { tenantId: scope.tenantId, list })
  return new Map(rows.map((row) => [row.node_id, row.count]))
}

function first({ rows }: { readonly rows: readonly NodeRow[] }): Node | undefined {
  const row = rows[0]
  return row === undefined ? undefined : toNode(row)
}
