import { type RawBuilder, sql } from 'kysely'
import type { NodeFilter, PersonFilter } from '../../core/nodes/node.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { accessInForce, holdsOneOf } from './access-conditions.ts'
import { contains } from './contains.ts'
import type { EngineKind } from './engine.ts'
import { kindCodes, kindOrders } from './node-rows.ts'
import { clientCreatedAt, clientModifiedAt } from './node-sorts.ts'
import { idList, inList, type Scope } from './scope.ts'

type Condition = RawBuilder<unknown>

/** What a filter asks of `nodes n`, access aside; `userId` is whose favourites are meant. */
export function filterConditions(
  scope: Scope,
  filter: NodeFilter,
  userId: number | null,
): Condition[] {
  return [
    ...kindConditions(filter),
    ...nameConditions(scope.kind, filter),
    ...boundConditions(scope.kind, filter),
    ...classConditions(filter),
    ...mediaConditions(filter),
    ...personConditions(scope.kind, sql`n.created_by`, filter.createdBy),
    ...personConditions(scope.kind, sql`n.updated_by`, filter.updatedBy),
    ...favoriteConditions(filter, userId),
    ...idConditions(scope, filter),
    ...cipherConditions(filter),
  ]
}

function kindConditions({ kinds }: NodeFilter): Condition[] {
  if (kinds === undefined) return []
  if (kinds.length === 0) return [sql`1 = 0`]
  const orders = kinds.map((kind) => kindOrders[kind])
  return [
    sql`n.kind in (${sql.join(kinds.map((kind) => sql.lit(kindCodes[kind])))})`,
    ...(Math.min(...orders) > 0 ? [sql`n.kind_order >= ${Math.min(...orders)}`] : []),
    ...(Math.max(...orders) < 2 ? [sql`n.kind_order <= ${Math.max(...orders)}`] : []),
  ]
}

function nameConditions(kind: EngineKind, filter: NodeFilter): Condition[] {
  const { nameContains, nameIs, extensionIs, extensionContains } = filter
  const found: Condition[] = []
  if (extensionIs !== undefined) found.push(sql`n.extension = ${nameKey(extensionIs)}`)
  if (extensionContains !== undefined) {
    found.push(contains(kind, 'n.extension', nameKey(extensionContains)))
  }
  if (nameIs !== undefined) found.push(sql`n.name_key = ${nameKey(nameIs)}`)
  if (nameContains !== undefined && nameContains !== '') {
    found.push(contains(kind, 'n.name_key', nameKey(nameContains)))
  }
  return found
}

function cipherConditions({ isEncrypted }: NodeFilter): Condition[] {
  if (isEncrypted === undefined) return []
  return [isEncrypted ? sql`n.encrypted_by is not null` : sql`n.encrypted_by is null`]
}

/** The newest change of the node itself or in its subtree, whose tally may have several rows. */
function changedAt(kind: EngineKind): Condition {
  const newest = kind === 'postgres' ? sql`greatest` : sql`max`
  return sql`${newest}(n.updated_at, coalesce((select max(t.changed_at) from tallies t
    where t.tenant_id = n.tenant_id and t.node_id = n.id), 0))`
}

function boundConditions(kind: EngineKind, filter: NodeFilter): Condition[] {
  const bounds: [Condition, number | undefined][] = [
    [sql`n.created_at >= `, filter.createdFrom],
    [sql`n.created_at <= `, filter.createdTo],
    [sql`n.updated_at >= `, filter.updatedFrom],
    [sql`n.updated_at <= `, filter.updatedTo],
    [sql`n.expire_at >= `, filter.expireFrom],
    [sql`n.expire_at <= `, filter.expireTo],
    [sql`${size} >= `, filter.sizeFrom],
    [sql`${size} <= `, filter.sizeTo],
    [sql`${changedAt(kind)} >= `, filter.changedFrom],
    [sql`${changedAt(kind)} <= `, filter.changedTo],
    [sql`${clientCreatedAt} >= `, filter.clientCreatedFrom],
    [sql`${clientCreatedAt} <= `, filter.clientCreatedTo],
    [sql`${clientModifiedAt} >= `, filter.clientModifiedFrom],
    [sql`${clientModifiedAt} <= `, filter.clientModifiedTo],
  ]
  return bounds.flatMap(([compare, bound]) =>
    bound === undefined ? [] : [sql`${compare}${bound}`],
  )
}

/** Current ids lead to their nodes through the versions, which have an index by id. */
function idConditions(scope: Scope, { ids, currentIds }: NodeFilter): Condition[] {
  const found: Condition[] = []
  if (ids !== undefined) found.push(inList(scope.kind, 'n.id', idList(scope, ids)))
  if (currentIds === undefined) return found
  const list = idList(scope, currentIds)
  const own = inList(scope.kind, 'n.id', list)
  const later = sql`n.id in (select v.node_id from versions v
    where v.tenant_id = ${scope.tenantId} and ${inList(scope.kind, 'v.id', list)}
      and v.id <> v.node_id)`
  return [...found, inList(scope.kind, 'n.current_id', list), sql`(${own} or ${later})`]
}

/** For nobody in particular (null) everything is visible and permitted. */
export function accessConditions(
  { permissions }: NodeFilter,
  visibleTo: number | null,
  now: number,
): Condition[] {
  if (visibleTo === null) return []
  const { room, mount } = kindCodes
  const found = [
    sql`(n.kind not in (${sql.lit(room)}, ${sql.lit(mount)}) or
      ${accessInForce(sql`coalesce(n.target_id, n.id)`, visibleTo, now)})`,
  ]
  if (permissions === undefined) return found
  const boundary = sql`coalesce(n.target_id, n.boundary_id)`
  return [...found, holdsOneOf(boundary, visibleTo, now, permissions)]
}

/** Bytes of a file, or of everything in a container. */
const size = sql`coalesce(n.size, (select sum(t.size) from tallies t
  where t.tenant_id = n.tenant_id and t.node_id = n.id), 0)`

/** The node's own class, or its room's; null where neither has one. */
const classOf = sql`coalesce(n.classification, (select r.classification from nodes r
  where r.tenant_id = n.tenant_id and r.id = n.boundary_id))`

function mediaConditions({ mediaTypes }: NodeFilter): Condition[] {
  if (mediaTypes === undefined) return []
  const parts = mediaTypes.map(
    (type) => sql`substr(n.media_type, 1, ${sql.lit(type.length)}) = ${type}`,
  )
  return parts.length > 0 ? [sql`(${sql.join(parts, sql` or `)})`] : [sql`1 = 0`]
}

function classConditions({ classifications }: NodeFilter): Condition[] {
  if (classifications === undefined) return []
  const known = classifications.filter((one) => one !== null)
  const parts = classifications.includes(null) ? [sql`${classOf} is null`] : []
  if (known.length > 0) parts.push(sql`${classOf} in (${sql.join(known)})`)
  return parts.length > 0 ? [sql`(${sql.join(parts, sql` or `)})`] : [sql`1 = 0`]
}

function personConditions(
  kind: EngineKind,
  column: Condition,
  wanted: PersonFilter | undefined,
): Condition[] {
  if (wanted === undefined) return []
  const found: Condition[] = []
  if (wanted.id !== undefined) {
    found.push(wanted.id === null ? sql`${column} is null` : sql`${column} = ${wanted.id}`)
  }
  const columns = ['user_name_key', 'first_name_key', 'last_name_key'] as const
  const named = (parts: readonly Condition[]) => sql`exists (select 1 from users u
    where u.tenant_id = n.tenant_id and u.id = ${column} and (${sql.join(parts, sql` or `)}))`
  if (wanted.contains !== undefined) {
    const part = nameKey(wanted.contains)
    found.push(named(columns.map((one) => contains(kind, `u.${one}`, part))))
  }
  if (wanted.is !== undefined) {
    const whole = nameKey(wanted.is)
    const full = sql`u.first_name_key || ' ' || u.last_name_key = ${whole}`
    found.push(named([...columns.map((one) => sql`${sql.ref(`u.${one}`)} = ${whole}`), full]))
  }
  return found
}

function favoriteConditions({ isFavorite }: NodeFilter, userId: number | null): Condition[] {
  if (isFavorite === undefined) return []
  const isMarked = sql`exists (select 1 from favorites f where f.tenant_id = n.tenant_id
    and f.user_id = ${userId ?? 0} and f.node_id = n.id)`
  return [isFavorite ? isMarked : sql`not ${isMarked}`]
}

export function all(parts: readonly Condition[]): Condition {
  return sql.join(parts, sql` and `)
}
