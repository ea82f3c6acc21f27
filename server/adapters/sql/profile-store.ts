import { emptyProfile, type Profile } from '../../core/profiles/profile.ts'
import type { ProfileStore } from '../../core/profiles/profile-store.ts'
import type { ProfilesTable } from './schema/profiles.ts'
import type { Scope } from './scope.ts'

/** Profiles of one tenant. */
export function profileStore({ db, kind, tenantId }: Scope): ProfileStore {
  const row = (userId: number) =>
    db
      .selectFrom('profiles')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId)
  return {
    async find(userId) {
      return toProfile(await row(userId).executeTakeFirst())
    },
    async hold(userId) {
      if (kind === 'sqlite') return toProfile(await row(userId).executeTakeFirst())
      // There must be a row to hold, also before the first writing.
      await db
        .insertInto('profiles')
        .values(toRow(tenantId, userId, emptyProfile))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return toProfile(await row(userId).forUpdate().executeTakeFirst())
    },
    async put(userId, profile) {
      const values = toRow(tenantId, userId, profile)
      const { tenant_id: _tenant, user_id: _user, ...columns } = values
      await db
        .insertInto('profiles')
        .values(values)
        .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(columns))
        .execute()
    },
  }
}

function toProfile(row: ProfilesTable | undefined): Profile {
  if (!row) return emptyProfile
  return {
    details: JSON.parse(row.details) as Profile['details'],
    settings: JSON.parse(row.settings) as Profile['settings'],
    colors: JSON.parse(row.colors) as Profile['colors'],
    fonts: JSON.parse(row.fonts) as Profile['fonts'],
    updatedAt: row.updated_at,
  }
}

function toRow(tenantId: number, userId: number, profile: Profile): ProfilesTable {
  return {
    tenant_id: tenantId,
    user_id: userId,
    details: JSON.stringify(profile.details),
    settings: JSON.stringify(profile.settings),
    colors: JSON.stringify(profile.colors),
    fonts: JSON.stringify(profile.fonts),
    updated_at: profile.updatedAt,
  }
}
