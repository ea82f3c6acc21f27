import type { Avatar } from './avatar.ts'

/** Pictures of users, one each. */
export type AvatarStore = {
  find(userId: number): Promise<Avatar | undefined>
  put(userId: number, avatar: Avatar): Promise<void>
  /** Whether there was one. */
  remove(userId: number): Promise<boolean>
}
