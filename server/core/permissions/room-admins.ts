import type { GrantInput } from './grant-facts.ts'
import { ALL } from './permission.ts'

/** Who gets everything on a room; only where nothing is inherited. */
export type RoomAdmins = {
  readonly adminIds?: readonly number[]
  readonly adminGroupIds?: readonly number[]
  /** Whether who enters these groups later is let in at once; default true. */
  readonly admits?: boolean
}

/** The grants that make them administrators, each once. */
export function adminGrants({
  adminIds = [],
  adminGroupIds = [],
  admits,
}: RoomAdmins): GrantInput[] {
  return [
    ...[...new Set(adminIds)].map((userId) => ({ userId, permissions: ALL })),
    ...[...new Set(adminGroupIds)].map((groupId) => ({ groupId, permissions: ALL, admits })),
  ]
}
