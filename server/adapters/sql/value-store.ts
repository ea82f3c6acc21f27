import type { ValueOwner, ValueStore } from '../../core/values/value-store.ts'
import type { Scope } from './scope.ts'

const ownerId = (owner: ValueOwner): number => (owner === 'tenant' ? 0 : owner.userId)

/** Small texts of one tenant and its users. */
export function valueStore({ db, tenantId }: Scope): ValueStore {
  const all = (owner: ValueOwner) =>
    db
      .selectFrom('kept_values')
      .where('tenant_id', '=', tenantId)
      .where('owner_id', '=', ownerId(owner))
  const find = async (owner: ValueOwner, key: string) =>
    (await all(owner).select('value').where('key', '=', key).executeTakeFirst())?.value
  return {
    find,
    async put(owner, key, value, at) {
      const before = await find(owner, key)
      const row = { tenant_id: tenantId, owner_id: ownerId(owner), key, value, updated_at: at }
      await db
        .insertInto('kept_values')
        .values(row)
        .onConflict((clash) =>
          clash.columns(['tenant_id', 'owner_id', 'key']).doUpdateSet({ value, updated_at: at }),
        )
        .execute()
      return before
    },
    async count(owner) {
      const { n } = await all(owner)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    },
    async removeOf(userId) {
      await db
        .deleteFrom('kept_values')
        .where('tenant_id', '=', tenantId)
        .where('owner_id', '=', userId)
        .execute()
    },
  }
}
