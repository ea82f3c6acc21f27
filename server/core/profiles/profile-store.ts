import type { Profile } from './profile.ts'

export type ProfileStore = {
  /** Empty for who never wrote any. */
  find(userId: number): Promise<Profile>
  /** Like `find`, and no other transaction changes it until this one ends. */
  hold(userId: number): Promise<Profile>
  put(userId: number, profile: Profile): Promise<void>
}
