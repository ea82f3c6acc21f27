import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { type JsonObject, mergedJson, type Profile } from './profile.ts'

/** Merges settings of the own programs, member by member. Faults as `mergedJson`. */
export async function updateSettings(
  ctx: Ctx,
  input: { readonly settings: JsonObject },
): Promise<Profile> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const old = await tx.profiles.hold(userId)
    const settings = mergedJson(ctx, 'settings', old.settings, input.settings)
    const profile = { ...old, settings, updatedAt: ctx.now }
    await tx.profiles.put(userId, profile)
    const data = { what: 'settings' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
    return profile
  })
}
