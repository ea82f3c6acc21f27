import type { AuditRooms } from '../../core/audit/audit-rooms.ts'
import type { AuditSort } from '../../core/audit/audit-store.ts'
import { nodeRef, parentRef } from './ids.ts'
import { boolean, id, parseFilter, parseSort, text } from './query.ts'

type Filter = AuditRooms['filter']

/** All have a recycle bin and none is encrypted: who asks for others gets none. */
const noRoom = { room: nodeRef(0) }

const infoFields = {
  nodeId: { eq: id },
  nodeName: { cn: text, eq: text, sw: text },
  nodeIsEncrypted: { eq: boolean },
} as const

/** Filter of the rooms below a room (dossier 5). */
export function readInfoFilter(raw: string | undefined): Omit<Filter, 'parent'> {
  const { nodeId, nodeName = {}, nodeIsEncrypted } = parseFilter(raw, infoFields)
  return {
    room: nodeId?.eq === undefined ? undefined : nodeRef(nodeId.eq),
    name: { contains: nodeName.cn, equals: nodeName.eq, starts: nodeName.sw },
    ...(nodeIsEncrypted?.eq === true ? noRoom : {}),
  }
}

export const readInfoSort = (raw: string | undefined): AuditSort[] =>
  parseSort(raw, { nodeId: 'id', nodeName: 'name' } as const)

const name = { cn: text, eq: text } as const
const auditFields = {
  nodeId: { eq: id },
  nodeName: name,
  nodeParentId: { eq: id },
  userId: { eq: id },
  userName: name,
  userFirstName: name,
  userLastName: name,
  permissionsManage: { eq: boolean },
  nodeIsEncrypted: { eq: boolean },
  nodeHasActivitiesLog: { eq: boolean },
  nodeHasRecycleBin: { eq: boolean },
} as const

/** Filter of all rooms with those who hold something there; names of people are or-ed. */
export function readAuditFilter(raw: string | undefined): Filter {
  const wanted = parseFilter(raw, auditFields)
  const { nodeId, nodeParentId } = wanted
  const isNone = wanted.nodeHasRecycleBin?.eq === false || wanted.nodeIsEncrypted?.eq === true
  return {
    room: nodeId?.eq === undefined ? undefined : nodeRef(nodeId.eq),
    parent: nodeParentId?.eq === undefined ? undefined : parentRef(nodeParentId.eq),
    name: matchOf(wanted.nodeName),
    hasActivities: wanted.nodeHasActivitiesLog?.eq,
    holder: {
      userId: wanted.userId?.eq,
      userName: matchOf(wanted.userName),
      firstName: matchOf(wanted.userFirstName),
      lastName: matchOf(wanted.userLastName),
      manages: wanted.permissionsManage?.eq,
    },
    ...(isNone ? noRoom : {}),
  }
}

export const readAuditSort = (raw: string | undefined): AuditSort[] =>
  parseSort(raw, {
    nodeId: 'id',
    nodeName: 'name',
    nodeParentId: 'parentId',
    nodeSize: 'size',
    nodeQuota: 'quota',
  } as const)

const matchOf = (given: { readonly cn?: string; readonly eq?: string } = {}) => ({
  contains: given.cn,
  equals: given.eq,
})
