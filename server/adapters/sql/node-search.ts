import { type RawBuilder, sql } from 'kysely'
import type { Node } from '../../core/nodes/node.ts'
import type { NamePattern, SearchQuery, SearchSort } from '../../core/search/search-query.ts'
import { holdsOneOf, seesNode } from './access-conditions.ts'
import { contains } from './contains.ts'
import { childrenOf } from './node-children-of.ts'
import { all, filterConditions } from './node-conditions.ts'
import { kindCodes, type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { sortKeys } from './node-sorts.ts'
import type { Scope } from './scope.ts'

type Condition = RawBuilder<unknown>

const maxDepth = 1000

export async function countFound(scope: Scope, query: SearchQuery): Promise<number> {
  const { rows } = await sql<{ count: number }>`${candidates(scope, query)}
    select count(*) as count ${matches(scope, query)}`.execute(scope.db)
  return rows[0]!.count
}

export async function found(
  scope: Scope,
  query: SearchQuery,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Node[]> {
  const { exactFirst } = query
  const exact = sql`case when n.name_key = ${exactFirst} then 0 else 1 end, `
  const { rows } = await sql<NodeRow>`${candidates(scope, query)}
    select ${nodeColumns} ${matches(scope, query)}
    order by ${exactFirst === null ? sql`` : exact}${orderOf(query.sort)}
    limit ${limit} offset ${offset}`.execute(scope.db)
  return rows.map(toNode)
}

function orderOf({ by, descending }: SearchSort): Condition {
  const direction = descending ? sql` desc` : sql``
  if (by === 'kind') return sql`n.kind_order${direction}, n.name_key, n.id`
  const keys = by === 'parentPath' ? [sql`b.path`, sql`n.name_key`] : sortKeys[by]
  const all = [...keys, sql`n.id`].map((key) => sql`${key}${direction}`)
  return sql`n.kind_order, ${sql.join(all)}`
}

/** Names are looked at where an index holds them; rows are read of those that fit. */
function candidates(scope: Scope, query: SearchQuery): Condition {
  const { tenantId } = scope
  const where = [
    sql`c.tenant_id = ${tenantId}`,
    sql`c.deleted_at is null`,
    ...(query.parentId === undefined ? [] : [sql`c.parent_id = ${query.parentId}`]),
    ...patternConditions(query.pattern),
  ]
  if (!needsBelow(query)) {
    return sql`with c as (select c.id from nodes c where ${all(where)})`
  }
  const from = sql`below b cross join nodes c`
  return sql`with recursive ${below(scope, query)},
    c as (select c.id from ${from} where c.parent_id = b.id and ${all(where)})`
}

function needsBelow(query: SearchQuery): boolean {
  return query.under !== null || query.depth !== null || needsPath(query)
}

function needsPath({ sort, parentPathContains }: SearchQuery): boolean {
  return sort.by === 'parentPath' || parentPathContains !== undefined
}

/** `below`: the containers to look into, with their folded paths where these are asked for. */
function below({ db, kind, tenantId }: Scope, query: SearchQuery): Condition {
  const { under, depth } = query
  const levels = Math.min(depth ?? maxDepth, maxDepth)
  const containers = sql`n.kind in (${sql.lit(kindCodes.room)}, ${sql.lit(kindCodes.folder)})`
  const start = sql`cast(${under ?? 0} as bigint)`
  if (!needsPath(query)) {
    return sql`below(id, depth) as (select ${start}, 0 union all
      select n.id, b.depth + 1 from below b cross join ${childrenOf(db, tenantId)}
        and ${containers} and b.depth < ${levels})`
  }
  const text = (value: Condition) =>
    kind === 'postgres' ? sql`cast(${value} as text) collate "C"` : value
  const top = under === null ? text(sql`'/'`) : pathTo(tenantId, under, text)
  return sql`below(id, depth, path) as (select ${start}, 0, ${top} union all
    select n.id, b.depth + 1, ${text(sql`b.path || n.name_key || '/'`)}
    from below b cross join ${childrenOf(db, tenantId)} and ${containers}
      and b.depth < ${levels})`
}

/** The folded path of a container, itself the last. */
function pathTo(tenantId: number, id: number, text: (value: Condition) => Condition): Condition {
  return sql`(with recursive up(id, path, depth) as (
      select cast(${id} as bigint), ${text(sql`''`)}, 0
      union all
      select w.parent_id, ${text(sql`w.name_key || '/' || up.path`)}, up.depth + 1
      from up join nodes w on w.tenant_id = ${tenantId} and w.id = up.id
      where up.depth < ${sql.lit(maxDepth)})
    select ${text(sql`'/' || path`)} from up where id = 0)`
}

function patternConditions({ parts, whole }: NamePattern): Condition[] {
  const text = parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%')
  if (text === '%' || text === '') return []
  return [sql`c.name_key like ${whole ? text : `%${text}%`} escape '\\'`]
}

function matches(scope: Scope, query: SearchQuery): Condition {
  const { filter, visibleTo, now, parentPathContains } = query
  const { permissions } = filter
  const where = [
    sql`n.tenant_id = ${scope.tenantId}`,
    sql`n.id = c.id`,
    sql`coalesce(n.deleted_at, 0) = 0`,
    sql`(n.expire_at is null or n.expire_at > ${now})`,
    ...filterConditions(scope, filter, visibleTo),
    ...(visibleTo === null ? [] : [seesNode(visibleTo, now)]),
    ...(visibleTo === null || permissions === undefined
      ? []
      : [holdsOneOf(sql`n.boundary_id`, visibleTo, now, permissions)]),
    ...(parentPathContains === undefined
      ? []
      : [contains(scope.kind, 'b.path', parentPathContains)]),
  ]
  const path = needsPath(query) ? sql`join below b on b.id = n.parent_id` : sql``
  return sql`from c cross join nodes n ${path} where ${all(where)}`
}
