import { type RawBuilder, sql } from 'kysely'
import type { ContactQuery, ContactStore } from '../../core/contacts/contact-store.ts'
import { idList, inList, type Scope } from './scope.ts'
import { toUser, userColumns } from './user-rows.ts'

/** Sorts behind every name that begins with the text before it. */
const last = '\u{10FFFF}'

/** Who knows whom in one tenant; it follows from access rows, nothing is kept. */
export function contactStore(scope: Scope): ContactStore {
  const { db, tenantId } = scope
  return {
    async page(query, { offset, limit }) {
      if (limit <= 0 || query.ids?.length === 0) return []
      let users = db
        .selectFrom('users')
        .select(userColumns)
        .where('tenant_id', '=', tenantId)
        .where('id', '<>', query.userId)
      if (!query.everybody) users = users.where(knownTo(tenantId, query))
      if (query.ids) users = users.where(inList(scope.kind, 'id', idList(scope, query.ids)))
      if (query.prefixKey !== undefined) users = users.where(startsWith(query.prefixKey))
      const ordered = users.orderBy('last_name_key').orderBy('first_name_key').orderBy('id')
      return (await ordered.limit(limit).offset(offset).execute()).map(toUser)
    },
    async lastUse(userIds) {
      if (userIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('sessions')
        .select((eb) => ['user_id', eb.fn.max<number>('last_used_at').as('at')])
        .where('tenant_id', '=', tenantId)
        .where(inList(scope.kind, 'user_id', idList(scope, userIds)))
        .groupBy('user_id')
        .execute()
      return new Map(rows.map(({ user_id: id, at }) => [id, at]))
    },
  }
}

/** Whoever holds something in force on a boundary on which this user holds something. */
function knownTo(tenantId: number, { userId, now }: ContactQuery): RawBuilder<boolean> {
  return sql`id in (
    select o.user_id from access m
    join access o on o.tenant_id = m.tenant_id and o.boundary_id = m.boundary_id
    where m.tenant_id = ${tenantId} and m.user_id = ${userId}
      and m.permissions > 0 and (m.expire_at is null or m.expire_at > ${now})
      and o.permissions > 0 and (o.expire_at is null or o.expire_at > ${now}))`
}

function startsWith(prefix: string): RawBuilder<boolean> {
  const columns = ['first_name_key', 'last_name_key', 'user_name_key', 'email_key']
  const ranges = columns.map(
    (column) => sql`(${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${prefix + last})`,
  )
  return sql`(${sql.join(ranges, sql` or `)})`
}
