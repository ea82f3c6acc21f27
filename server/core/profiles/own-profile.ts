import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import type { Profile } from './profile.ts'

export type OwnProfile = {
  readonly user: User
  readonly profile: Profile
  /** Bytes that the own home may hold; null: no bound but the tenant's. */
  readonly quota: number | null
}

/** Account and profile of who is signed in. */
export async function ownProfile(ctx: Ctx): Promise<OwnProfile> {
  const { userId } = actingUser(ctx)
  return ctx.read((tx) => profileOf(tx, userId))
}

/** Account and profile of a user as they are in this transaction; 'unauthenticated' for nobody. */
export async function profileOf(tx: Tx, userId: number): Promise<OwnProfile> {
  const user = await tx.users.find(userId)
  if (!user) return fault('unauthenticated', 'session')
  const home = await tx.nodes.find(user.homeId)
  return { user, profile: await tx.profiles.find(userId), quota: home?.room?.quota ?? null }
}
