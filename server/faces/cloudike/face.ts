import type { DocumentedOperation } from '../documented.ts'
import type { Answer, Face, FaceRequest } from '../operation.ts'
import { actorOf } from './auth.ts'
import { errorAnswer, faultAnswer } from './faults.ts'
import { operations } from './generated/operations.ts'
import { prefixes, routesOf } from './routes.ts'
import { cloudikeRows } from './rows.ts'
import { subscribeSocket } from './socket.ts'

/** Nothing of this face is configured yet. */
export type CloudikeSettings = Readonly<Record<string, never>>

/** The Cloudike API, version 1 and version 0 alike. */
export function cloudikeFace(_settings: CloudikeSettings): Face {
  return {
    name: 'cloudike',
    prefixes,
    routes: routesOf(Object.values(operations)),
    rows: new Map(cloudikeRows().map((row) => [row.id, row])),
    sockets: [subscribeSocket],
    actor: actorOf,
    fault: (error, id) => faultAnswer(error, id === undefined ? undefined : byId[id]),
    unimplemented: (id) => errorAnswer(501, 'NotImplemented', `${id} is not offered yet`),
    unknownRoute: () => errorAnswer(404, 'NotFound', 'There is no such operation'),
    wrongMethod,
    unreadable: (status, reason) =>
      errorAnswer(status, unreadableCodes[status] ?? 'BadRequest', reason),
    internal: (request) =>
      errorAnswer(500, 'InternalError', `Request ${request.id} failed; the log says why`),
  }
}

const unreadableCodes: Readonly<Record<number, string>> = {
  408: 'RequestTimeout',
  431: 'RequestTooLarge',
}

const byId: Readonly<Record<string, DocumentedOperation>> = operations

function wrongMethod(allowed: readonly string[], request: FaceRequest): Answer {
  const allow = allowed.join(', ')
  return errorAnswer(405, 'MethodNotAllowed', `${request.method} is not one of ${allow}`, { allow })
}
