import type { EventType } from '../../core/event.ts'
import type { RoomActivities } from '../../core/events/room-activities.ts'
import { readDate } from './dates.ts'
import type { Operations } from './generated/shapes.ts'
import { eventTypeOf, failures, logOperations } from './log-operations.ts'
import { parseRange, parseSort } from './query.ts'
import { refuseInput } from './refuse.ts'

type Params = Omit<Operations['requestRoomActivitiesLogAsJson']['params'], 'room_id'>

/** What of a room's log is asked for (dossier 5: by parameters of their own, newest first). */
export function readActivities(params: Params): Omit<RoomActivities, 'room'> {
  return {
    from: readTime(params.date_start, 'query.date_start'),
    to: readTime(params.date_end, 'query.date_end'),
    types: readTypes(params),
    userId: params.user_id,
    page: parseRange(params),
    descending: parseSort(params.sort, { time: 'time' } as const)[0]?.descending ?? true,
  }
}

function readTime(text: string | undefined, field: string): number | undefined {
  if (text === undefined || text === '') return undefined
  return readDate(text) ?? refuseInput(field, 'date', 'a date like 2024-12-31T23:59:00')
}

function readTypes({ type, status }: Params): RoomActivities['types'] {
  if (status !== undefined && status !== 0 && status !== 2) {
    return refuseInput('query.status', 'log-status', '0 or 2')
  }
  const wanted = type === undefined ? undefined : eventTypeOf(type)
  if (type !== undefined && wanted === undefined) {
    return refuseInput('query.type', 'log-operation', 'no operation has this number')
  }
  if (status === undefined) return wanted && [wanted]
  const known = wanted ? [wanted] : (Object.keys(logOperations) as EventType[])
  return known.filter((one) => failures.includes(one) === (status === 2))
}
