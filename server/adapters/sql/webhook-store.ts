import { sql } from 'kysely'
import { nodeHookEvents, type Webhook } from '../../core/webhooks/webhook.ts'
import type { RoomWebhookFilter, WebhookStore } from '../../core/webhooks/webhook-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { flag } from './column-types.ts'
import { ids } from './ids.ts'
import type { WebhooksTable } from './schema/own-things.ts'
import { idList, inList, type Scope } from './scope.ts'

/** Webhooks of one tenant. */
export function webhookStore(scope: Scope): WebhookStore {
  const { db, tenantId } = scope
  return {
    takeId: () => ids.next(db, 'webhooks'),
    async insert(webhook) {
      await db.insertInto('webhooks').values(toRow(tenantId, webhook)).execute()
    },
    async find(id) {
      const row = await db
        .selectFrom('webhooks')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toWebhook(row)
    },
    async count() {
      const { count } = await db
        .selectFrom('webhooks')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async countForRoom(filter) {
      const { count } = await forRoom(scope, filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async pageForRoom(filter, { offset, limit }) {
      const rows = await forRoom(scope, filter)
        .selectAll('w')
        .select('r.room_id')
        .orderBy('w.id')
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map((row) => ({ webhook: toWebhook(row), isAssigned: row.room_id !== null }))
    },
    async assign(roomId, webhookIds) {
      if (webhookIds.length === 0) return
      const rows = webhookIds.map((id) => ({
        ...{ tenant_id: tenantId, room_id: roomId, webhook_id: id },
      }))
      await db
        .insertInto('room_webhooks')
        .values(rows)
        .onConflict((clash) => clash.doNothing())
        .execute()
    },
    async unassign(roomId, webhookIds) {
      if (webhookIds.length === 0) return
      await db
        .deleteFrom('room_webhooks')
        .where('tenant_id', '=', tenantId)
        .where('room_id', '=', roomId)
        .where(inList(scope.kind, 'webhook_id', idList(scope, webhookIds)))
        .execute()
    },
  }
}

/** Hooks hear of one kind of events only, so that the first one tells. */
function forRoom({ db, tenantId }: Scope, { roomId, isAssigned }: RoomWebhookFilter) {
  const ofNodes = nodeHookEvents.map((type) => sql`w.event_types like ${`["${type}"%`}`)
  let query = db
    .selectFrom('webhooks as w')
    .leftJoin('room_webhooks as r', (join) =>
      join
        .on('r.tenant_id', '=', tenantId)
        .on('r.room_id', '=', roomId)
        .onRef('r.webhook_id', '=', 'w.id'),
    )
    .where('w.tenant_id', '=', tenantId)
    .where(sql<boolean>`(${sql.join(ofNodes, sql` or `)})`)
  if (isAssigned === true) query = query.where('r.room_id', 'is not', null)
  if (isAssigned === false) query = query.where('r.room_id', 'is', null)
  return query
}

function toWebhook(row: WebhooksTable): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    sealedSecret: row.sealed_secret,
    isEnabled: row.is_enabled === 1,
    eventTypes: JSON.parse(row.event_types) as Webhook['eventTypes'],
    expireAt: row.expire_at,
    failStatus: row.fail_status,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

function toRow(tenantId: number, webhook: Webhook): WebhooksTable {
  return {
    tenant_id: tenantId,
    id: webhook.id,
    name: webhook.name,
    name_key: nameKey(webhook.name),
    url: webhook.url,
    sealed_secret: webhook.sealedSecret,
    is_enabled: flag(webhook.isEnabled),
    event_types: JSON.stringify(webhook.eventTypes),
    expire_at: webhook.expireAt,
    fail_status: webhook.failStatus,
    created_at: webhook.createdAt,
    created_by: webhook.createdBy,
    updated_at: webhook.updatedAt,
    updated_by: webhook.updatedBy,
  }
}
