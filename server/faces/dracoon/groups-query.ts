import type { AdmissionFilter, AdmissionSort } from '../../core/groups/admission-store.ts'
import type { GroupFilter, GroupSort } from '../../core/groups/group-store.ts'
import type { GroupGrantFilter } from '../../core/permissions/room-group-grants.ts'
import { roleBits } from './present-roles.ts'
import { boolean, booleanOrAny, integer, parseFilter, parseSort, text, word } from './query.ts'

const fields = { name: { cn: text }, hasRole: { eq: word(roleBits) } } as const

/** The filter of a list of groups (dossier 5), as core takes it. */
export function readGroupFilter(raw: string | undefined): GroupFilter {
  const { name, hasRole } = parseFilter(raw, fields)
  return { nameContains: name?.cn, hasRoles: hasRole?.eq }
}

const sorts = {
  name: 'name',
  createdAt: 'createdAt',
  expireAt: 'expireAt',
  cntUsers: 'members',
} as const

/** The sort of a list of groups; undefined when none is asked for. */
export function readGroupSort(raw: string | undefined): GroupSort[] | undefined {
  const terms = parseSort(raw, sorts)
  return terms.length === 0 ? undefined : terms
}

const roomGroupFields = {
  name: { cn: text },
  groupId: { eq: integer },
  isGranted: { eq: booleanOrAny },
  permissionsManage: { eq: boolean },
  effectivePerm: { eq: boolean },
} as const

/** The filter of a room's groups. */
export function readRoomGroupFilter(raw: string | undefined): GroupGrantFilter {
  const wanted = parseFilter(raw, roomGroupFields)
  return {
    nameContains: wanted.name?.cn,
    groupId: wanted.groupId?.eq,
    isGranted: wanted.isGranted?.eq,
    permissionsManage: wanted.permissionsManage?.eq,
    effective: wanted.effectivePerm?.eq,
  }
}

/** Whether the only sort field of a room's groups runs backwards. */
export function readRoomGroupSort(raw: string | undefined): boolean {
  return parseSort(raw, { name: 'name' } as const)[0]?.descending === true
}

const pendingFields = {
  userId: { eq: integer },
  groupId: { eq: integer },
  roomId: { eq: integer },
  state: { eq: word({ WAITING: false, DENIED: true }) },
} as const

/** The filter of pending assignments. */
export function readPendingFilter(raw: string | undefined): AdmissionFilter {
  const { userId, groupId, roomId, state } = parseFilter(raw, pendingFields)
  return { userId: userId?.eq, groupId: groupId?.eq, roomId: roomId?.eq, isDenied: state?.eq }
}

/** The sort of pending assignments. */
export function readPendingSort(raw: string | undefined): AdmissionSort[] {
  const sorts = { userId: 'userId', groupId: 'groupId', roomId: 'roomId', state: 'state' } as const
  return parseSort(raw, sorts)
}
