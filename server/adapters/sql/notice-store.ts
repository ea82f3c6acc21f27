import type { Notice, NoticeStatus } from '../../core/notices/notice.ts'
import type { NoticeFilter, NoticeStore } from '../../core/notices/notice-store.ts'
import { flag } from './column-types.ts'
import { ids } from './ids.ts'
import type { NoticesTable } from './schema/feed.ts'
import type { Scope } from './scope.ts'

/** Notices of one tenant. */
export function noticeStore({ db, tenantId }: Scope): NoticeStore {
  const filtered = (userId: number, { isGlobal, isInteractive, status }: NoticeFilter) => {
    let query = db
      .selectFrom('notices')
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId)
    if (isGlobal !== undefined) query = query.where('is_global', '=', flag(isGlobal))
    if (isInteractive !== undefined) query = query.where('is_interactive', '=', flag(isInteractive))
    return status === undefined ? query : query.where('status', '=', status)
  }
  return {
    takeId: () => ids.next(db, 'notices'),
    async insert(notice) {
      await db.insertInto('notices').values(toRow(tenantId, notice)).execute()
    },
    async find(id) {
      const own = db.selectFrom('notices').selectAll().where('tenant_id', '=', tenantId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && toNotice(row)
    },
    async page(userId, filter, { offset, limit }) {
      const rows = await filtered(userId, filter)
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map(toNotice)
    },
    async count(userId, filter) {
      const { count } = await filtered(userId, filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
    async setStatus(key, status, at) {
      const { numUpdatedRows } = await db
        .updateTable('notices')
        .set({ status, updated_at: at })
        .where('tenant_id', '=', tenantId)
        .where('single_key', '=', key)
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },
    async removeKey(key, userId) {
      const own = db.deleteFrom('notices').where('tenant_id', '=', tenantId)
      const keyed = own.where('single_key', '=', key)
      await (userId === undefined ? keyed : keyed.where('user_id', '=', userId)).execute()
    },
    async removeUser(userId) {
      const own = db.deleteFrom('notices').where('tenant_id', '=', tenantId)
      await own.where('user_id', '=', userId).execute()
    },
    removeOlder: (before, limit) => removeOlder({ db, tenantId }, before, limit),
  }
}

async function removeOlder(
  { db, tenantId }: Pick<Scope, 'db' | 'tenantId'>,
  before: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('notices')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notices')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('created_at', '<', before)
        .orderBy('created_at')
        .limit(limit),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

function toNotice(row: NoticesTable): Notice {
  return {
    id: row.id,
    userId: row.user_id,
    fromId: row.from_id,
    action: row.action,
    isGlobal: row.is_global === 1,
    isInteractive: row.is_interactive === 1,
    status: row.status as NoticeStatus,
    text: row.text,
    nodeId: row.node_id,
    key: row.single_key,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toRow(tenantId: number, notice: Notice): NoticesTable {
  return {
    tenant_id: tenantId,
    id: notice.id,
    user_id: notice.userId,
    from_id: notice.fromId,
    action: notice.action,
    is_global: flag(notice.isGlobal),
    is_interactive: flag(notice.isInteractive),
    status: notice.status,
    text: notice.text,
    node_id: notice.nodeId,
    single_key: notice.key,
    created_at: notice.createdAt,
    updated_at: notice.updatedAt,
  }
}
