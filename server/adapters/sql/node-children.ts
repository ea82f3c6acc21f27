import { type RawBuilder, sql } from 'kysely'
import type { Node, NodeFilter, NodeSort } from '../../core/nodes/node.ts'
import type { ChildrenQuery, SeekKey } from '../../core/nodes/node-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { accessConditions, all, filterConditions } from './node-conditions.ts'
import { extensionOf, kindOrders, type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { childCountOf, namesOf, oldVersionsOf, sortKeys, unknown } from './node-sorts.ts'
import { idList, inList, type Scope } from './scope.ts'

type Page = { readonly after?: SeekKey; readonly skip: number; readonly limit: number }
type Condition = RawBuilder<unknown>

/** What `sortKeys` compares, of one node; ids stand for what is looked up again later. */
export function seekKey(node: Node, { by }: NodeSort): SeekKey {
  const key = by === 'fileType' ? '' : nameKey(node.name)
  const values: Record<NodeSort['by'], string | number | null> = {
    name: key,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    createdBy: node.createdBy,
    updatedBy: node.updatedBy,
    size: node.content?.size ?? null,
    classification: node.classification,
    clientCreatedAt: node.clientCreatedAt ?? node.createdAt,
    clientModifiedAt: node.clientModifiedAt ?? node.updatedAt,
    fileType: node.kind === 'file' ? extensionOf(nameKey(node.name)) : '',
    oldVersions: node.id,
    children: node.id,
  }
  return { values: [kindOrders[node.kind], values[by]], id: node.id }
}

export async function countChildren(scope: Scope, query: ChildrenQuery): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from nodes n
    where ${all(conditions(scope, query))}`.execute(scope.db)
  return rows[0]!.count
}

/** From this many skipped items on, a page is found in the index before rows are read. */
const farSkip = 50

/** Whether a page is short work in the order of the index: few rows are read and passed over. */
function isNear({ sort, filter }: ChildrenQuery, { skip }: Page): boolean {
  const passesOver =
    filter.nameContains !== undefined ||
    filter.permissions !== undefined ||
    filter.isEncrypted !== undefined
  return sort.by === 'name' && !sort.descending && skip < farSkip && !passesOver
}

/** Other pages are found by ids, where it can be in the index alone; then their rows are read. */
export async function children(scope: Scope, query: ChildrenQuery, page: Page): Promise<Node[]> {
  if (page.limit <= 0) return []
  const { by, descending } = query.sort
  const order = query.alsoIds ? sql`${orderOf(query.sort)}, n.id` : orderOf(query.sort)
  const limits = sql`limit ${page.limit} offset ${page.skip}`
  const where = all([...conditions(scope, query), ...seek(query.sort, page.after)])
  if (isNear(query, page)) return nodesBy(scope, sql`${where} order by ${order} ${limits}`)
  const ids =
    by === 'name' && descending && !query.alsoIds
      ? sql`select p.id from (${partsByKind(scope, query, page)}) p
          order by p.kind_order, p.name_key desc ${limits}`
      : sql`select n.id from nodes n where ${where} order by ${order} ${limits}`
  return nodesBy(scope, sql`n.tenant_id = ${scope.tenantId} and n.id in (${ids}) order by ${order}`)
}

async function nodesBy({ db }: Scope, rest: Condition): Promise<Node[]> {
  const { rows } = await sql<NodeRow>`select ${nodeColumns} from nodes n where ${rest}`.execute(db)
  return rows.map(toNode)
}

/**
 * Names downwards within kinds upwards: no index runs that way, so each kind gives its own first
 * items from the end of its range, and the page is taken from these.
 */
function partsByKind(scope: Scope, query: ChildrenQuery, page: Page): Condition {
  const at = page.after?.values[0] ?? -1
  const limit = page.skip + page.limit
  const orders = kindOrdersOf(query.filter).filter((order) => order >= Number(at))
  const parts = orders.map((order) => {
    const where = [...conditions(scope, query), sql`n.kind_order = ${order}`]
    if (order === at) where.push(sql`n.name_key < ${page.after!.values[1]}`)
    return sql`select * from (select n.id, n.kind_order, n.name_key from nodes n
      where ${all(where)} order by n.name_key desc limit ${limit}) k${sql.raw(String(order))}`
  })
  if (parts.length === 0) return sql`select n.id, n.kind_order, n.name_key from nodes n where 1 = 0`
  return sql.join(parts, sql` union all `)
}

function kindOrdersOf({ kinds }: NodeFilter): number[] {
  if (kinds === undefined) return [0, 1, 2]
  return [...new Set(kinds.map((kind) => kindOrders[kind]))].sort()
}

function orderOf({ by, descending }: NodeSort): Condition {
  const direction = descending ? sql` desc` : sql``
  const keys = by === 'name' ? sortKeys.name : [...sortKeys[by], sql`n.id`]
  return sql.join([sql`n.kind_order`, ...keys.map((key) => sql`${key}${direction}`)])
}

/** What comes behind the last item of the page before. Names are unique, so they need no id. */
function seek({ by, descending }: NodeSort, after: SeekKey | undefined): Condition[] {
  if (after === undefined) return []
  const [kindOrder, value] = after.values
  if (by === 'name' && !descending) {
    return [sql`(n.kind_order, n.name_key) > (${kindOrder}, ${value})`]
  }
  const keys = [...sortKeys[by], sql`n.id`]
  const values = [...seekValues(by, value ?? null), sql`${after.id}`]
  const beyond = descending ? sql`<` : sql`>`
  return [
    sql`n.kind_order >= ${kindOrder}`,
    sql`(n.kind_order > ${kindOrder} or
      (${sql.join(keys)}) ${beyond} (${sql.join(values)}))`,
  ]
}

function seekValues(by: NodeSort['by'], value: string | number | null): readonly Condition[] {
  if (by === 'createdBy' || by === 'updatedBy') return namesOf(sql`${value}`)
  if (by === 'oldVersions') return [oldVersionsOf(sql`${value}`)]
  if (by === 'children') return [childCountOf(sql`${value}`)]
  return [value === null ? unknown : sql`${value}`]
}

function conditions(scope: Scope, query: ChildrenQuery): Condition[] {
  const { parentId, filter, visibleTo, now, alsoIds = [] } = query
  return [
    sql`n.tenant_id = ${scope.tenantId}`,
    parentId === null && alsoIds.length > 0
      ? sql`(n.parent_id = 0 or ${inList(scope.kind, 'n.id', idList(scope, alsoIds))})`
      : sql`n.parent_id = ${parentId ?? 0}`,
    sql`n.deleted_at is null`,
    sql`(n.expire_at is null or n.expire_at > ${now})`,
    ...filterConditions(scope, filter, visibleTo),
    ...accessConditions(filter, visibleTo, now),
  ]
}
