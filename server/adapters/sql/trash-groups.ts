import { type RawBuilder, sql } from 'kysely'
import type { TrashGroup } from '../../core/trash/trash-entry.ts'
import type { TrashFilter, TrashGroupSort } from '../../core/trash/trash-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { kindCodes } from './node-rows.ts'
import type { Scope } from './scope.ts'
import { entriesWhere, goneAt } from './trash-rows.ts'

type Condition = RawBuilder<unknown>
type Slice = { readonly offset: number; readonly limit: number }

type GroupRow = {
  parent_id: number
  kind: number
  name: string
  versions: number
  first_at: number
  gone_at: number
  id: number
  node_id: number
  created: number | null
  modified: number | null
}

const codes = { folder: kindCodes.folder, file: kindCodes.file } as const

const sortKeys: Readonly<Record<TrashGroupSort['by'], Condition>> = {
  name: sql`g.name_key`,
  versions: sql`g.versions`,
  firstDeletedAt: sql`g.first_at`,
  lastDeletedAt: sql`g.gone_at`,
  parentPath: sql`p.path`,
  clientCreatedAt: sql`g.created_sort`,
  clientModifiedAt: sql`g.modified_sort`,
}

export async function countGroups(
  scope: Scope,
  roomId: number,
  filter: TrashFilter,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`with recursive ${groups(scope, roomId, filter)}
    select count(*) as count from g ${pathJoin(scope, filter)}`.execute(scope.db)
  return rows[0]!.count
}

export async function pageOfGroups(
  scope: Scope,
  roomId: number,
  filter: TrashFilter,
  { by, descending }: TrashGroupSort,
  { offset, limit }: Slice,
): Promise<TrashGroup[]> {
  const direction = descending ? sql` desc` : sql``
  const byPath = by === 'parentPath'
  const { rows } = await sql<GroupRow>`
    with recursive ${groups(scope, roomId, filter, byPath)}
    select g.* from g ${pathJoin(scope, filter, byPath)}
    order by g.kind_order, ${sortKeys[by]}${direction}, g.name_key, g.parent_id
    limit ${limit} offset ${offset}`.execute(scope.db)
  return rows.map(toGroup)
}

/** `g`: one row for each parent, kind and folded name, as its newest entry says. */
function groups(scope: Scope, roomId: number, filter: TrashFilter, withPaths = false): Condition {
  const columns = sql`n.parent_id, n.kind, n.kind_order, n.name, n.name_key, n.id as node_id,
    coalesce(v.id, n.id) as id, ${goneAt} as gone_at, n.client_created_at as created,
    case when v.id is null then n.client_modified_at else v.client_modified_at end as modified,
    coalesce(n.client_created_at, n.created_at) as created_sort,
    coalesce(v.client_modified_at, v.created_at, n.client_modified_at, n.updated_at)
      as modified_sort`
  const same = sql`e.parent_id, e.kind, e.name_key`
  const tables = sql`
    e as (${entriesWhere(scope, columns, sql`n.boundary_id = ${roomId}`)}),
    numbered as (select e.*, count(*) over (partition by ${same}) as versions,
      min(e.gone_at) over (partition by ${same}) as first_at,
      row_number() over (partition by ${same} order by e.gone_at desc, e.id desc) as place
      from e),
    g as (select n.* from numbered n where n.place = 1 ${conditions(scope, filter)})`
  return withPaths || filter.parentPathContains !== undefined
    ? sql`${tables}, ${paths(scope)}`
    : tables
}

/** `p`: the folded path of every container out of which something in `g` was deleted. */
function paths({ kind, tenantId }: Scope): Condition {
  const empty = kind === 'postgres' ? sql`cast('' as text) collate "C"` : sql`''`
  return sql`up(start, id, path, depth) as (
      select g.parent_id, g.parent_id, ${empty}, 0 from g group by g.parent_id
      union all
      select up.start, c.parent_id, c.name_key || '/' || up.path, up.depth + 1
      from up join nodes c on c.tenant_id = ${tenantId} and c.id = up.id where up.depth < 1000),
    p as (select start, '/' || path as path from up where id = 0)`
}

function pathJoin({ kind }: Scope, filter: TrashFilter, withPaths = false): Condition {
  const part = filter.parentPathContains
  if (!withPaths && part === undefined) return sql``
  const join = sql`join p on p.start = g.parent_id`
  if (part === undefined) return join
  return sql`${join} and ${contains(kind, 'p.path', nameKey(part))}`
}

function conditions({ kind }: Scope, filter: TrashFilter): Condition {
  const found: Condition[] = []
  if (filter.kinds !== undefined) {
    const kinds = filter.kinds.map((one) => sql.lit(codes[one]))
    found.push(kinds.length > 0 ? sql`n.kind in (${sql.join(kinds)})` : sql`1 = 0`)
  }
  if (filter.nameContains !== undefined) {
    found.push(contains(kind, 'n.name_key', nameKey(filter.nameContains)))
  }
  const bounds: [Condition, number | undefined][] = [
    [sql`n.created_sort >= `, filter.clientCreatedFrom],
    [sql`n.created_sort <= `, filter.clientCreatedTo],
    [sql`n.modified_sort >= `, filter.clientModifiedFrom],
    [sql`n.modified_sort <= `, filter.clientModifiedTo],
  ]
  for (const [compare, bound] of bounds) {
    if (bound !== undefined) found.push(sql`${compare}${bound}`)
  }
  return found.length === 0 ? sql`` : sql`and ${sql.join(found, sql` and `)}`
}

function toGroup(row: GroupRow): TrashGroup {
  return {
    parentId: row.parent_id,
    kind: row.kind === codes.folder ? 'folder' : 'file',
    name: row.name,
    versions: row.versions,
    firstDeletedAt: row.first_at,
    lastDeletedAt: row.gone_at,
    lastId: row.id,
    lastNodeId: row.node_id,
    clientCreatedAt: row.created,
    clientModifiedAt: row.modified,
  }
}
