import type { Avatar } from '../../core/avatars/avatar.ts'
import type { AvatarStore } from '../../core/avatars/avatar-store.ts'
import type { Scope } from './scope.ts'

/** Pictures of the users of one tenant. */
export function avatarStore({ db, tenantId }: Scope): AvatarStore {
  return {
    async find(userId) {
      const row = await db
        .selectFrom('avatars')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      if (!row) return undefined
      const mediaType = row.media_type as Avatar['mediaType']
      return { uuid: row.uuid, mediaType, picture: row.picture }
    },
    async put(userId, { uuid, mediaType, picture }) {
      const columns = { uuid, media_type: mediaType, picture }
      await db
        .insertInto('avatars')
        .values({ tenant_id: tenantId, user_id: userId, ...columns })
        .onConflict((clash) => clash.columns(['tenant_id', 'user_id']).doUpdateSet(columns))
        .execute()
    },
    async remove(userId) {
      const { numDeletedRows } = await db
        .deleteFrom('avatars')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}
