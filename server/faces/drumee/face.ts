import { Readable } from 'node:stream'
import { type DocumentedOperation, documents } from '../documented.ts'
import type { Answer, Face, FaceRequest, Route, Row } from '../operation.ts'
import { actorOf } from './auth.ts'
import { errorAnswer, faultAnswer } from './faults.ts'
import { operations } from './generated/operations.ts'
import { drumeeRows } from './rows.ts'
import { canonicalPath, serviceName } from './service-name.ts'
import { pushSocket } from './socket.ts'

/** What the face is told at start: nothing yet. */
export type DrumeeSettings = Readonly<Record<string, never>>

/** The Drumee services: one path each, `/-/svc/<module>.<method>` (dossier 1). */
export function drumeeFace(_settings: DrumeeSettings): Face {
  return {
    name: 'drumee',
    prefixes: ['/-', '/_'],
    routes: [...Object.values(byId).flatMap(routesOf), ...shortRoutes, frontRoute],
    rows: new Map([...drumeeRows, frontPage].map((row) => [row.id, row])),
    canonicalPath,
    sockets: [pushSocket],
    actor: actorOf,
    fault: (error, id, request) =>
      faultAnswer(error, id === undefined ? undefined : byId[id], request),
    unimplemented: (id, request) =>
      errorAnswer(request, 501, 'NOT_IMPLEMENTED', `${id} is documented but not reached yet`),
    unknownRoute,
    wrongMethod,
    unreadable: (status, reason, path) =>
      errorAnswer(nothing(path), status, unreadableWords[status] ?? 'INVALID_DATA', reason),
    internal: (request) =>
      errorAnswer(request, 500, 'INTERNAL_ERROR', `Request ${request.id} failed; the log says why`),
  }
}

const unreadableWords: Readonly<Record<number, string>> = {
  408: 'TIMEOUT',
  431: 'TOO_LARGE',
}

/** Of a request that was not read no more is known than this. */
const nothing = (path: string) => ({ path, body: new Readable() })

const byId: Readonly<Record<string, DocumentedOperation>> = operations

function routesOf(operation: DocumentedOperation): Route[] {
  const { id, methods, path } = operation
  const isStream = documents(operation, 206)
  return [{ operationId: id, methods: isStream ? [...methods, 'HEAD'] : methods, path }]
}

/** Short forms that the web client uses for files and faces (dossier 1). */
const shortRoutes: readonly Route[] = [
  ...Object.values(byId)
    .filter(
      ({ id, tag }) => tag === 'media' && !id.endsWith('.download') && documents(byId[id]!, 206),
    )
    .map(({ id }) => ({
      operationId: id,
      methods: ['GET', 'HEAD'],
      path: `/-/file/${id.slice('media.'.length)}/:nid/:hub_id`,
    })),
  { operationId: 'media.read', methods: ['GET', 'HEAD'], path: '/-/doc/:page/:nid/:hub_id' },
  { operationId: 'yp.avatar', methods: ['GET'], path: '/-/avatar/:id' },
]

const frontRoute: Route = { operationId: 'page.front', methods: ['GET', 'HEAD'], path: '/-/' }

/**
 * The address of the web client, to which mails and answers put a way behind '#': a browser takes
 * that along to the page that knows the ways.
 */
const frontPage: Row = {
  id: 'page.front',
  auth: 'open',
  handle: async () => ({
    status: 302,
    headers: { location: '/public/go', 'cache-control': 'no-store' },
  }),
}

const modules = new Set(Object.keys(byId).map((id) => id.split('.')[0]))

/** The words and the status are those of the vendor's router (dossier 5). */
function unknownRoute(request: FaceRequest): Answer {
  const name = serviceName(request.path)
  if (name === undefined)
    return errorAnswer(request, 404, 'NOT_FOUND', 'This path calls no service')
  const [module = '', method = ''] = name.split('.')
  if (module === '' || method === '') {
    return errorAnswer(request, 401, 'WRONG_SERVICE_FORMAT', 'A service is <module>.<method>')
  }
  return modules.has(module)
    ? errorAnswer(request, 401, 'SERVICE_NOT_FOUND', 'The module has no such service')
    : errorAnswer(request, 401, 'MODULE_NOT_FOUND', 'There is no such module')
}

/** OPTIONS only says what there is; it never runs a service. */
function wrongMethod(allowed: readonly string[], request: FaceRequest): Answer {
  const allow = { allow: [...allowed, 'OPTIONS'].join(', ') }
  if (request.method === 'OPTIONS') return { status: 204, headers: allow }
  const reason = `${request.method} is not one of ${allow.allow}`
  return errorAnswer(request, 405, 'WRONG_METHOD', reason, allow)
}
