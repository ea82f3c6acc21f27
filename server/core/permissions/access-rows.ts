import type { Access, Holding } from './access-store.ts'
import { expand } from './permission.ts'

/**
 * What follows from the grants of one room: the permissions on the room and on every room that
 * inherits from it, and passage (0) through every room above, so that the way to it can be walked.
 */
export function accessRows(
  holdings: readonly Holding[],
  inheriting: readonly number[],
  above: readonly number[],
): Access[] {
  return holdings.flatMap(({ roomId, userId, groupId, permissions, expireAt }) => {
    const row = (boundaryId: number, bits: number): Access => ({
      boundaryId,
      userId,
      permissions: bits,
      viaId: roomId,
      groupId,
      expireAt,
    })
    const held = expand(permissions)
    return [...inheriting.map((id) => row(id, held)), ...above.map((id) => row(id, 0))]
  })
}

/** What a new room that inherits takes over from the room above it. Passage is not inherited. */
export function inheritedRows(above: readonly Access[], roomId: number): Access[] {
  return above.filter((row) => row.permissions !== 0).map((row) => ({ ...row, boundaryId: roomId }))
}
