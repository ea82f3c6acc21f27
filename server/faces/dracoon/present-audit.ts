import type { AuditedRoom } from '../../core/audit/audit-rooms.ts'
import type { Holder } from '../../core/audit/audit-store.ts'
import { writeDate } from './dates.ts'
import type { AuditNodeInfo, AuditNodeResponse, AuditUserPermission } from './generated/shapes.ts'
import { parentPath, presentPermissions } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'

export function presentRoomInfo({ room, tally, ancestors }: AuditedRoom): AuditNodeInfo {
  return {
    nodeId: room.currentId,
    nodeName: room.name,
    nodeParentId: room.parentId ?? undefined,
    nodeParentPath: parentPath(ancestors),
    nodeIsEncrypted: false,
    countChildren: tally.rooms + tally.folders + tally.files,
  }
}

export function presentAuditedRoom(audited: AuditedRoom): AuditNodeResponse {
  const { room, tally, creator, changer, holders } = audited
  const { countChildren: nodeCntChildren = 0, ...info } = presentRoomInfo(audited)
  return {
    ...info,
    nodeCntChildren,
    nodeSize: tally.size,
    nodeQuota: room.room?.quota ?? undefined,
    nodeHasActivitiesLog: room.room?.hasActivities,
    nodeHasRecycleBin: true,
    nodeRecycleBinRetentionPeriod: room.room?.trashDays,
    nodeCreatedAt: writeDate(room.createdAt),
    nodeCreatedBy: presentUserInfo(creator),
    nodeUpdatedAt: writeDate(room.updatedAt),
    nodeUpdatedBy: presentUserInfo(changer),
    auditUserPermissionList: holders.map(presentHolder),
  }
}

function presentHolder(holder: Holder): AuditUserPermission {
  return {
    userId: holder.userId,
    userLogin: holder.userName,
    userFirstName: holder.firstName,
    userLastName: holder.lastName,
    permissions: presentPermissions(holder.permissions),
  }
}
