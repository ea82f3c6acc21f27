import type { AdmissionView } from '../../core/groups/find-admissions.ts'
import type { GroupView } from '../../core/groups/group.ts'
import type { RoomGroupGrant } from '../../core/permissions/room-group-grants.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type { Group, PendingAssignmentData, RoomGroup } from './generated/shapes.ts'
import { presentPermissions } from './present-node.ts'
import { presentRoles } from './present-roles.ts'
import { presentUserInfo } from './present-user-info.ts'

export function presentGroup({ group, members, createdBy, updatedBy }: GroupView): Group {
  return {
    id: group.id,
    name: group.name,
    cntUsers: members,
    createdAt: writeDate(group.createdAt),
    createdBy: presentUserInfo(createdBy),
    updatedAt: writeDate(group.updatedAt),
    updatedBy: presentUserInfo(updatedBy),
    expireAt: writeDateIf(group.expireAt),
    groupRoles: presentRoles(group.roles),
  }
}

export function presentRoomGroup(grant: RoomGroupGrant): RoomGroup {
  return {
    id: grant.group.id,
    name: grant.group.name,
    isGranted: grant.isGranted,
    newGroupMemberAcceptance: grant.admits ? 'autoallow' : 'pending',
    permissions: grant.isGranted ? presentPermissions(grant.permissions) : undefined,
  }
}

export function presentPendingAssignment(admission: AdmissionView): PendingAssignmentData {
  const { groupId, groupName, roomId, roomName, isDenied } = admission
  const userInfo = presentUserInfo(admission.user)
  const group = { id: groupId, name: groupName }
  return {
    roomId,
    roomName,
    state: isDenied ? 'DENIED' : 'WAITING',
    userInfo,
    groupInfo: group,
    pendingGroupData: group,
    pendingUserData: {
      id: admission.userId,
      login: userInfo.userName,
      displayName: userInfo.displayName ?? '',
      email: userInfo.email ?? '',
    },
  }
}
