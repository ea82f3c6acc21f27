import { sql } from 'kysely'
import { type NewsStore, newsWindow, type RoomNews } from '../../core/news/news-store.ts'
import { READ } from '../../core/permissions/permission.ts'
import type { Scope } from './scope.ts'

/** What is new for the users of one tenant, counted from events. */
export function newsStore(scope: Scope): NewsStore {
  const { db, tenantId } = scope
  return {
    async unseen(userId, now) {
      const base = Math.max(await seenEverywhere(scope, userId), (await newest(scope)) - newsWindow)
      const { rows } = await sql<{ room_id: number; count: number; last: number }>`
        select r.room_id, count(*) as count, max(e.id) as last
        from (select distinct a.boundary_id as room_id, coalesce(s.event_id, 0) as seen
          from access a left join news_seen s on s.tenant_id = a.tenant_id
            and s.user_id = a.user_id and s.room_id = a.boundary_id
          where a.tenant_id = ${tenantId} and a.user_id = ${userId}
            and (a.permissions & ${sql.lit(READ)}) <> 0
            and (a.expire_at is null or a.expire_at > ${now})) r
        join events e on e.tenant_id = ${tenantId} and e.room_id = r.room_id
          and e.id > ${base} and e.id > r.seen
        where e.type in ('file.created', 'file.version-created')
          and (e.actor_id is null or e.actor_id <> ${userId})
        group by r.room_id order by last desc`.execute(db)
      return rows.map(
        (row): RoomNews => ({ roomId: row.room_id, count: row.count, lastEventId: row.last }),
      )
    },
    async markSeen(userId, roomId) {
      const eventId = await newest(scope)
      const all = db
        .deleteFrom('news_seen')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
      if (roomId === null) await all.execute()
      const row = { tenant_id: tenantId, user_id: userId, room_id: roomId ?? 0, event_id: eventId }
      await db
        .insertInto('news_seen')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'user_id', 'room_id']).doUpdateSet({ event_id: eventId }),
        )
        .execute()
    },
  }
}

async function newest({ db, tenantId }: Scope): Promise<number> {
  const { newest: id } = await db
    .selectFrom('events')
    .select(sql<number>`coalesce(max(id), 0)`.as('newest'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return id
}

async function seenEverywhere({ db, tenantId }: Scope, userId: number): Promise<number> {
  const row = await db
    .selectFrom('news_seen')
    .select('event_id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('room_id', '=', 0)
    .executeTakeFirst()
  return row?.event_id ?? 0
}
