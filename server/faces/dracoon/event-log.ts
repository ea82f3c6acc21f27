import { auditRooms } from '../../core/audit/audit-rooms.ts'
import { auditing } from '../../core/audit/auditing.ts'
import { type EventLog, eventLog } from '../../core/events/event-log.ts'
import type { Row } from '../operation.ts'
import { accepts } from './accepts.ts'
import { readActivities } from './activities-query.ts'
import { readAuditFilter, readAuditSort, readInfoFilter, readInfoSort } from './audit-query.ts'
import { writeCsv } from './event-log-csv.ts'
import type { LogOperationList, Operations } from './generated/shapes.ts'
import { parentRef } from './ids.ts'
import { logOperations } from './log-operations.ts'
import { jsonAnswer, op, raw } from './op.ts'
import { presentAuditedRoom, presentRoomInfo } from './present-audit.ts'
import { presentLogEvent } from './present-log-event.ts'
import { presentRange } from './present-node.ts'
import { parseRange } from './query.ts'

/** What happened and who may do what, for who audits (tag `eventlog`). */
export const eventLogRows: Row[] = [
  raw('requestLogEventsAsJson', {
    auth: 'user',
    run: async (ctx, { params }, request) => {
      const page = await eventLog(ctx, readLog(params))
      const items = page.items.map((event) => presentLogEvent(event, ctx.tenant.id))
      const { accept } = request.headers
      // JSON where both are taken.
      if (accepts(accept, ['application/json'])) {
        const list = { range: presentRange(page), items }
        return jsonAnswer('requestLogEventsAsJson', 200, list, request)
      }
      const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
      return { status: 200, headers, text: writeCsv(items), type: 'text/csv; charset=utf-8' }
    },
  }),

  op('requestLogOperations', {
    auth: 'user',
    run: (ctx) => auditing(ctx),
    // None of them is out of use.
    reply: (_done, { params }) => (params.is_deprecated === true ? { operationList: [] } : known),
  }),

  op('requestAuditNodeInfo', {
    auth: 'user',
    run: (ctx, { params }) =>
      auditRooms(ctx, {
        filter: { ...readInfoFilter(params.filter), parent: parentRef(params.parent_id) },
        sort: readInfoSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoomInfo) }),
  }),

  op('requestAuditNodeUserData', {
    auth: 'user',
    run: (ctx, { params }) =>
      auditRooms(ctx, {
        filter: readAuditFilter(params.filter),
        sort: readAuditSort(params.sort),
        withHolders: true,
        page: parseRange(params),
      }),
    reply: (page) => page.items.map(presentAuditedRoom),
  }),
]

function readLog(params: Operations['requestLogEventsAsJson']['params']): EventLog {
  const status = params.status === undefined ? undefined : Number(params.status)
  return { ...readActivities({ ...params, status }), agentContains: params.user_client }
}

const known: LogOperationList = {
  operationList: Object.values(logOperations)
    .map(([id, name]) => ({ id, name, isDeprecated: false }))
    .sort((one, other) => one.id - other.id),
}
