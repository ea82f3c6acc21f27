import type { Attribute, AttributeKind } from '../../core/attributes/attribute.ts'
import type {
  AttributeFilter,
  AttributeOwner,
  AttributeStore,
} from '../../core/attributes/attribute-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { idList, inList, type Scope } from './scope.ts'
import { startsWith } from './starts-with.ts'

const rowsAtOnce = 500

/** Attributes of the users of one tenant. */
export function attributeStore(scope: Scope): AttributeStore {
  const { db, tenantId } = scope
  return {
    async count(owner, filter = {}) {
      const { count } = await filtered(scope, owner, filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async page(owner, filter, sort, { offset, limit }) {
      let query = filtered(scope, owner, filter).select(['key', 'value'])
      for (const { by, descending } of sort) {
        query = query.orderBy(`${by}_key`, descending ? 'desc' : 'asc')
      }
      return query.orderBy('key_key').limit(limit).offset(offset).execute()
    },
    ofUsers: (userIds, kind) => ofUsers(scope, userIds, kind),
    async put({ userId, kind }, attributes) {
      const rows = attributes.map(({ key, value }: Attribute) => ({
        ...{ tenant_id: tenantId, user_id: userId, kind },
        ...{ key_key: nameKey(key), key, value_key: nameKey(value), value },
      }))
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        await db
          .insertInto('user_attributes')
          .values(rows.slice(from, from + rowsAtOnce))
          .onConflict((clash) =>
            clash.columns(['tenant_id', 'user_id', 'kind', 'key_key']).doUpdateSet((eb) => ({
              key: eb.ref('excluded.key'),
              value: eb.ref('excluded.value'),
              value_key: eb.ref('excluded.value_key'),
            })),
          )
          .execute()
      }
    },
    async remove({ userId, kind }, key) {
      const { numDeletedRows } = await db
        .deleteFrom('user_attributes')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where('kind', '=', kind)
        .where('key_key', '=', nameKey(key))
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
    async removeOf(userId, kind) {
      let query = db
        .deleteFrom('user_attributes')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
      if (kind !== undefined) query = query.where('kind', '=', kind)
      await query.execute()
    },
  }
}

function filtered(
  { db, kind: engine, tenantId }: Scope,
  { userId, kind }: AttributeOwner,
  filter: AttributeFilter,
) {
  let query = db
    .selectFrom('user_attributes')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
  for (const member of ['key', 'value'] as const) {
    const match = filter[member] ?? {}
    const column = `${member}_key` as const
    if (match.equals !== undefined) query = query.where(column, '=', nameKey(match.equals))
    if (match.contains !== undefined) {
      query = query.where(contains(engine, column, nameKey(match.contains)))
    }
    if (match.starts !== undefined)
      query = query.where(startsWith(engine, column, nameKey(match.starts)))
  }
  return query
}

async function ofUsers(
  scope: Scope,
  userIds: readonly number[],
  kind: AttributeKind,
): Promise<Map<number, Attribute[]>> {
  const { db, tenantId } = scope
  const found = new Map<number, Attribute[]>()
  if (userIds.length === 0) return found
  const rows = await db
    .selectFrom('user_attributes')
    .select(['user_id', 'key', 'value'])
    .where('tenant_id', '=', tenantId)
    .where(inList(scope.kind, 'user_id', idList(scope, userIds)))
    .where('kind', '=', kind)
    .orderBy('key_key')
    .execute()
  for (const { user_id: userId, key, value } of rows) {
    const own = found.get(userId) ?? []
    own.push({ key, value })
    found.set(userId, own)
  }
  return found
}
