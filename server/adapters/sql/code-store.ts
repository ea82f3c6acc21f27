import { sql } from 'kysely'
import type { Code, CodePurpose } from '../../core/codes/code.ts'
import type { CodeStore, KeptCode } from '../../core/codes/code-store.ts'
import { ids } from './ids.ts'
import { removeExpired } from './remove-expired.ts'
import type { CodesTable } from './schema/codes.ts'
import type { Scope } from './scope.ts'

/** One-time codes of one tenant. */
export function codeStore(scope: Scope): CodeStore {
  const { db, kind, tenantId } = scope
  const rows = () => db.selectFrom('codes').selectAll().where('tenant_id', '=', tenantId)
  const changing = (id: number) =>
    db.updateTable('codes').where('tenant_id', '=', tenantId).where('id', '=', id)
  return {
    takeId: () => ids.next(db, 'codes'),
    async insert(code, digests) {
      await db
        .insertInto('codes')
        .values(toRow(tenantId, code, digests))
        .execute()
    },
    async findBySecret(digest) {
      return toKept(await rows().where('secret_digest', '=', digest).executeTakeFirst())
    },
    async findByShort(purpose, digest) {
      const found = rows().where('short_digest', '=', digest).where('purpose', '=', purpose)
      return toKept(await found.orderBy('id', 'desc').executeTakeFirst())
    },
    async newestOf(userId, purpose) {
      const found = rows().where('user_id', '=', userId).where('purpose', '=', purpose)
      return toKept(await found.orderBy('id', 'desc').limit(1).executeTakeFirst())
    },
    async hold(id) {
      const found = rows().where('id', '=', id)
      // SQLite has one writer: nobody else changes the row until it ends.
      return toKept(await (kind === 'sqlite' ? found : found.forUpdate()).executeTakeFirst())?.code
    },
    async consume(id, at) {
      const done = await changing(id)
        .set({ consumed_at: at })
        .where('consumed_at', 'is', null)
        .executeTakeFirstOrThrow()
      return done.numUpdatedRows === 1n
    },
    async fail(id) {
      await changing(id).set({ failures: sql<number>`failures + 1` }).execute()
    },
    async take(id, userId) {
      const done = await changing(id)
        .set({ user_id: userId })
        .where('user_id', 'is', null)
        .where('consumed_at', 'is', null)
        .executeTakeFirstOrThrow()
      return done.numUpdatedRows === 1n
    },
    async removeOf(userId, purpose) {
      const all = db
        .deleteFrom('codes')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
      await (purpose === undefined ? all : all.where('purpose', '=', purpose)).execute()
    },
    removeExpired: (now, limit) => removeExpired(scope, 'codes', now, limit),
  }
}

function toKept(row: CodesTable | undefined): KeptCode | undefined {
  if (!row) return undefined
  const code: Code = {
    id: row.id,
    purpose: row.purpose as CodePurpose,
    userId: row.user_id,
    createdAt: row.created_at,
    expireAt: row.expire_at,
    failures: row.failures,
    consumedAt: row.consumed_at,
    data: JSON.parse(row.data) as Code['data'],
  }
  return { code, shortDigest: row.short_digest }
}

function toRow(
  tenantId: number,
  code: Code,
  digests: { secret: string; short: string | null },
): CodesTable {
  return {
    tenant_id: tenantId,
    id: code.id,
    purpose: code.purpose,
    user_id: code.userId,
    secret_digest: digests.secret,
    short_digest: digests.short,
    created_at: code.createdAt,
    expire_at: code.expireAt,
    failures: code.failures,
    consumed_at: code.consumedAt,
    data: JSON.stringify(code.data),
  }
}
