import { sql } from 'kysely'
import type { Link } from '../../core/links/link.ts'
import type { LinkFilter, LinkSort } from '../../core/links/link-store.ts'
import { MANAGE_DOWNLOAD_LINKS, MANAGE_UPLOAD_LINKS } from '../../core/permissions/permission.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { toLink } from './link-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

export type LinkPage = {
  readonly filter: LinkFilter
  readonly sort: readonly LinkSort[]
  readonly offset: number
  readonly limit: number
  readonly now: number
}

export async function countLinks(scope: Scope, filter: LinkFilter, now: number): Promise<number> {
  const { count } = await matching(scope, filter, now)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function pageOfLinks(scope: Scope, page: LinkPage): Promise<Link[]> {
  let query = matching(scope, page.filter, page.now).selectAll('links')
  for (const { by, descending } of page.sort) {
    query = query.orderBy(sortColumns[by], descending ? 'desc' : 'asc')
  }
  const rows = await query.orderBy('links.id').limit(page.limit).offset(page.offset).execute()
  return rows.map(toLink)
}

/** A node without a classification of its own has its room's. */
const sortColumns = {
  name: sql.ref('links.name_key'),
  notifyCreator: sql.ref('links.notify_creator'),
  expireAt: sql.ref('links.expire_at'),
  createdAt: sql.ref('links.created_at'),
  createdBy: sql.ref('creators.user_name_key'),
  classification: sql`coalesce(n.classification, rooms.classification)`,
  id: sql.ref('links.id'),
  nodeId: sql.ref('links.node_id'),
  boundaryId: sql.ref('n.boundary_id'),
} as const satisfies Record<LinkSort['by'], unknown>

/** Links on live nodes for which all given members of the filter hold. */
function matching(scope: Scope, filter: LinkFilter, now: number) {
  let query = linksWithNodes(scope)
  const equal = [
    ['links.kind', filter.kind],
    ['links.node_id', filter.nodeId],
    ['links.created_by', filter.createdBy],
    ['links.updated_by', filter.updatedBy],
    ['links.digest', filter.digest],
    ['n.boundary_id', filter.boundaryId],
  ] as const
  for (const [column, value] of equal) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  const { createdFrom, createdTo, manageableBy, nameContains } = filter
  if (createdFrom !== undefined) query = query.where('links.created_at', '>=', createdFrom)
  if (createdTo !== undefined) query = query.where('links.created_at', '<=', createdTo)
  if (nameContains !== undefined) {
    query = query.where(contains(scope.kind, 'links.name_key', nameKey(nameContains)))
  }
  const people = [
    ['creators', filter.createdByContains],
    ['changers', filter.updatedByContains],
  ] as const
  for (const [table, part] of people) {
    if (part !== undefined) query = query.where(inName(scope, table, part))
  }
  if (filter.ids) query = query.where(inList(scope.kind, 'links.id', idList(scope, filter.ids)))
  const { subscribedBy } = filter
  if (subscribedBy !== undefined) query = query.where(subscribed(scope, subscribedBy))
  if (manageableBy !== undefined) query = query.where(manageable(scope, manageableBy, now))
  return query
}

function linksWithNodes({ db, tenantId }: Scope) {
  return db
    .selectFrom('links')
    .innerJoin('nodes as n', (join) =>
      join.on('n.tenant_id', '=', tenantId).onRef('n.id', '=', 'links.node_id'),
    )
    .leftJoin('nodes as rooms', (join) =>
      join.on('rooms.tenant_id', '=', tenantId).onRef('rooms.id', '=', 'n.boundary_id'),
    )
    .leftJoin('users as creators', (join) =>
      join.on('creators.tenant_id', '=', tenantId).onRef('creators.id', '=', 'links.created_by'),
    )
    .leftJoin('users as changers', (join) =>
      join.on('changers.tenant_id', '=', tenantId).onRef('changers.id', '=', 'links.updated_by'),
    )
    .where('links.tenant_id', '=', tenantId)
    .where('n.deleted_at', 'is', null)
}

function subscribed({ tenantId }: Scope, userId: number) {
  return sql<boolean>`exists (select 1 from link_subscriptions s
    where s.tenant_id = ${tenantId} and s.user_id = ${userId} and s.link_id = links.id)`
}

function inName({ kind }: Scope, table: 'creators' | 'changers', part: string) {
  const columns = ['user_name_key', 'first_name_key', 'last_name_key']
  const conditions = columns.map((column) => contains(kind, `${table}.${column}`, nameKey(part)))
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

/** The user holds `neededToManage` there, and the node has not expired. */
function manageable({ tenantId }: Scope, userId: number, now: number) {
  const uploads = sql.lit(MANAGE_UPLOAD_LINKS)
  const downloads = sql.lit(MANAGE_DOWNLOAD_LINKS)
  const both = sql.lit(MANAGE_UPLOAD_LINKS | MANAGE_DOWNLOAD_LINKS)
  const needed = sql`case when links.kind = 'upload' then ${uploads}
    when links.takes_uploads = 1 then ${both} else ${downloads} end`
  return sql<boolean>`((n.expire_at is null or n.expire_at > ${now}) and exists (
    select 1 from access a
    where a.tenant_id = ${tenantId} and a.boundary_id = n.boundary_id and a.user_id = ${userId}
      and (a.permissions & ${needed}) = ${needed}
      and (a.expire_at is null or a.expire_at > ${now})))`
}
