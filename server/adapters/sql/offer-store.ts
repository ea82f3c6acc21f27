import { sql } from 'kysely'
import type { Offer, OfferStore } from '../../core/shares/offer.ts'
import { flag } from './column-types.ts'
import { ids } from './ids.ts'
import type { OffersTable } from './schema/shares.ts'
import type { Scope } from './scope.ts'

/** Offered content of one tenant. */
export function offerStore({ db, tenantId }: Scope): OfferStore {
  const all = () => db.selectFrom('offers').selectAll().where('tenant_id', '=', tenantId)
  const removal = () => db.deleteFrom('offers').where('tenant_id', '=', tenantId)
  const isOf = (userId: number) => sql<boolean>`(owner_id = ${userId} or receiver_id = ${userId})`
  return {
    takeId: () => ids.next(db, 'offers'),
    async insert(offer) {
      await db.insertInto('offers').values(toRow(tenantId, offer)).execute()
    },
    async findByToken(token) {
      const row = await all().where('token', '=', token).executeTakeFirst()
      return row && toOffer(row)
    },
    async ofUser(userId) {
      const rows = await all().where(isOf(userId)).orderBy('id').execute()
      return rows.map(toOffer)
    },
    async accept(id, targetPath) {
      const { numUpdatedRows } = await db
        .updateTable('offers')
        .set({ state: 'accepted', target_path: JSON.stringify(targetPath) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('state', '=', 'requested')
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    async remove(id) {
      return (await removal().where('id', '=', id).executeTakeFirst()).numDeletedRows === 1n
    },
  }
}

function toOffer(row: OffersTable): Offer {
  return {
    id: row.id,
    token: row.token,
    ownerId: row.owner_id,
    receiverId: row.receiver_id,
    nodeId: row.node_id,
    sourcePath: JSON.parse(row.source_path) as string[],
    targetPath: JSON.parse(row.target_path) as string[],
    cleansUp: row.cleans_up === 1,
    message: row.message,
    state: row.state as Offer['state'],
    createdAt: row.created_at,
  }
}

function toRow(tenantId: number, offer: Offer): OffersTable {
  return {
    tenant_id: tenantId,
    id: offer.id,
    token: offer.token,
    owner_id: offer.ownerId,
    receiver_id: offer.receiverId,
    node_id: offer.nodeId,
    source_path: JSON.stringify(offer.sourcePath),
    target_path: JSON.stringify(offer.targetPath),
    cleans_up: flag(offer.cleansUp),
    message: offer.message,
    state: offer.state,
    created_at: offer.createdAt,
  }
}
