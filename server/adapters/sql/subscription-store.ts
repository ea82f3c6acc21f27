import { sql } from 'kysely'
import { READ } from '../../core/permissions/permission.ts'
import type {
  NodeSubscription,
  NodeSubscriptionFilter,
  NodeSubscriptionSort,
  SubscriptionStore,
} from '../../core/subscriptions/subscription-store.ts'
import { kinds } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

const tables = { node: 'node_subscriptions', link: 'link_subscriptions' } as const

/** Subscriptions of the users of one tenant. */
export function subscriptionStore(scope: Scope): SubscriptionStore {
  const { db, tenantId } = scope
  const subjects = (filter: NodeSubscriptionFilter, userId: number, now: number) =>
    readable(scope, userId, now, filter)
  return {
    addNodes: (userId, nodeIds, at) => add(scope, 'node', { userId, ids: nodeIds, at }),
    removeNodes: (userId, nodeIds) => remove(scope, 'node', userId, nodeIds),
    addLinks: (userId, linkIds, at) => add(scope, 'link', { userId, ids: linkIds, at }),
    removeLinks: (userId, linkIds) => remove(scope, 'link', userId, linkIds),
    async countNodes(userId, filter, now) {
      const { count } = await subjects(filter, userId, now)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async pageOfNodes(userId, filter, sort, { offset, limit, now }) {
      let query = subjects(filter, userId, now).select([
        'n.id',
        'n.current_id',
        'n.kind',
        'n.boundary_id',
      ])
      for (const { by, descending } of sort) {
        query = query.orderBy(sortColumns[by], descending ? 'desc' : 'asc')
      }
      const rows = await query.orderBy('n.id').limit(limit).offset(offset).execute()
      return rows.map(
        (row): NodeSubscription => ({
          nodeId: row.id,
          currentId: row.current_id,
          kind: kinds[row.kind],
          boundaryId: row.boundary_id,
        }),
      )
    },
    async subscribersOf(subject) {
      const rows =
        'nodeId' in subject
          ? await db
              .selectFrom('node_subscriptions')
              .select('user_id')
              .where('tenant_id', '=', tenantId)
              .where('node_id', '=', subject.nodeId)
              .orderBy('user_id')
              .execute()
          : await db
              .selectFrom('link_subscriptions')
              .select('user_id')
              .where('tenant_id', '=', tenantId)
              .where('link_id', '=', subject.linkId)
              .orderBy('user_id')
              .execute()
      return rows.map((row) => row.user_id)
    },
    async removeOf(userId) {
      for (const table of Object.values(tables)) {
        await db
          .deleteFrom(table)
          .where('tenant_id', '=', tenantId)
          .where('user_id', '=', userId)
          .execute()
      }
    },
    removeDangling: (limit) => removeDangling(scope, limit),
  }
}

const sortColumns = {
  currentId: 'n.current_id',
  boundaryId: 'n.boundary_id',
} as const satisfies Record<NodeSubscriptionSort['by'], string>

type Added = { readonly userId: number; readonly ids: readonly number[]; readonly at: number }

async function add(scope: Scope, kind: 'node' | 'link', { userId, ids, at }: Added): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map((id) => sql`(${scope.tenantId}, ${userId}, ${id}, ${at})`)
  await sql`insert into ${sql.table(tables[kind])}
    (tenant_id, user_id, ${sql.ref(`${kind}_id`)}, created_at)
    values ${sql.join(rows)} on conflict do nothing`.execute(scope.db)
}

async function remove(
  scope: Scope,
  kind: 'node' | 'link',
  userId: number,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from ${sql.table(tables[kind])}
    where tenant_id = ${scope.tenantId} and user_id = ${userId}
      and ${inList(scope.kind, `${kind}_id`, idList(scope, ids))}`.execute(scope.db)
}

/** Live nodes that the user subscribed to and may read. */
function readable(
  { db, tenantId }: Scope,
  userId: number,
  now: number,
  { currentId, boundaryId }: NodeSubscriptionFilter,
) {
  let query = db
    .selectFrom('node_subscriptions as s')
    .innerJoin('nodes as n', (join) =>
      join.on('n.tenant_id', '=', tenantId).onRef('n.id', '=', 's.node_id'),
    )
    .where('s.tenant_id', '=', tenantId)
    .where('s.user_id', '=', userId)
    .where('n.deleted_at', 'is', null)
    .where(sql<boolean>`(n.expire_at is null or n.expire_at > ${now})`)
    .where(
      sql<boolean>`exists (select 1 from access a
        where a.tenant_id = ${tenantId} and a.boundary_id = n.boundary_id and a.user_id = ${userId}
          and (a.permissions & ${sql.lit(READ)}) <> 0
          and (a.expire_at is null or a.expire_at > ${now}))`,
    )
  if (currentId !== undefined) query = query.where('n.current_id', '=', currentId)
  if (boundaryId !== undefined) query = query.where('n.boundary_id', '=', boundaryId)
  return query
}

/** Two statements, since the engines have no common way to bound a deletion. */
async function removeDangling({ db, tenantId, kind }: Scope, limit: number): Promise<number> {
  const gone = await sql<{ user_id: number; link_id: number }>`
    select s.user_id, s.link_id from link_subscriptions s
    where s.tenant_id = ${tenantId} and not exists (select 1 from links l
      where l.tenant_id = ${tenantId} and l.id = s.link_id)
    order by s.link_id limit ${limit}`.execute(db)
  const ids = [...new Set(gone.rows.map((row) => row.link_id))]
  if (ids.length === 0) return 0
  const list = kind === 'sqlite' ? JSON.stringify(ids) : ids
  const removed = await sql`delete from link_subscriptions
    where tenant_id = ${tenantId} and ${inList(kind, 'link_id', list)}`.execute(db)
  return Number(removed.numAffectedRows ?? 0n)
}
