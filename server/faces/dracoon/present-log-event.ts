import type { Activity } from '../../core/events/room-activities.ts'
import { writeDate } from './dates.ts'
import type { LogEvent } from './generated/shapes.ts'
import { customerId, externalId } from './ids.ts'
import { failures, logOperations } from './log-operations.ts'

/** Numbers of our own, like those of the operations. */
const objectTypes = { room: 1, folder: 2, file: 3 } as const

/** One event of a log. Files go by the id that never changes (`referenceId`). */
export function presentLogEvent(event: Activity, tenantId: number): LogEvent {
  const [operationId, operationName] = logOperations[event.type]
  return {
    id: event.id,
    time: writeDate(event.at),
    userId: event.actor.id ?? externalId,
    userName: event.actor.userName,
    userIp: event.address || undefined,
    userClient: event.userAgent || undefined,
    customerId: customerId(tenantId),
    message: messageOf(event, operationName),
    operationId,
    operationName,
    status: failures.includes(event.type) ? 2 : 0,
    authParentSource: event.roomId === undefined ? undefined : String(event.roomId),
    objectId1: event.nodeId,
    objectName1: event.nodeName,
    objectType1: event.nodeKind && objectTypes[event.nodeKind],
    objectId2: event.subjectId,
    attribute1: event.data && JSON.stringify(event.data),
  }
}

function messageOf({ nodeName, actor }: Activity, operation: string): string {
  const what = nodeName === undefined ? operation : `${operation}: ${nodeName}`
  return actor.userName === '' ? what : `${what} (${actor.userName})`
}
