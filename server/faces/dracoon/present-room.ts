import type { LastAdminRoom } from '../../core/permissions/last-admin-rooms.ts'
import type { HeldRoom } from '../../core/permissions/rooms-of.ts'
import { writeDate } from './dates.ts'
import type { LastAdminUserRoom, RoomData } from './generated/shapes.ts'
import { parentPath, presentPermissions } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'

/** A room beside what a user or a group holds there. */
export function presentHeldRoom(held: HeldRoom): RoomData {
  const { room, tally } = held
  return {
    id: room.id,
    type: 'room',
    name: room.name,
    parentId: room.parentId ?? undefined,
    size: tally?.size ?? 0,
    quota: room.room?.quota ?? undefined,
    isGranted: held.isGranted,
    permissions: held.isGranted ? presentPermissions(held.permissions) : undefined,
    isEncrypted: false,
    hasRecycleBin: true,
    recycleBinRetentionPeriod: room.room?.trashDays ?? 0,
    createdAt: writeDate(room.createdAt),
    createdBy: presentUserInfo(held.createdBy),
    updatedAt: writeDate(room.updatedAt),
    updatedBy: presentUserInfo(held.updatedBy),
  }
}

export function presentLastAdminRoom({
  room,
  ancestors,
  groupId,
}: LastAdminRoom): LastAdminUserRoom {
  return {
    id: room.id,
    name: room.name,
    parentId: room.parentId ?? undefined,
    parentPath: parentPath(ancestors),
    lastAdminInGroup: groupId !== null,
    lastAdminInGroupId: groupId ?? undefined,
  }
}
