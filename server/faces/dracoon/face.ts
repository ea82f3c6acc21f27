import type { DocumentedOperation } from '../documented.ts'
import type { Answer, Face, FaceRequest, Route } from '../operation.ts'
import { actorOf } from './auth.ts'
import { errorAnswer, faultAnswer } from './faults.ts'
import { operations } from './generated/operations.ts'
import { isOAuth, oauthRoutes, oauthRows } from './oauth.ts'
import { oauthError, oauthFault } from './oauth-answers.ts'
import { dracoonRows } from './rows.ts'
import type { DracoonSettings } from './settings.ts'
import { partRoutes, partRows } from './upload-parts.ts'

const base = '/api'

/** The DRACOON API and the OAuth pages that go with it. */
export function dracoonFace(_settings: DracoonSettings): Face {
  const rows = [...dracoonRows(), ...partRows, ...oauthRows()]
  return {
    name: 'dracoon',
    prefixes: [`${base}/v4`, '/oauth'],
    routes: [...Object.values(operations).flatMap(documentedRoutes), ...partRoutes, ...oauthRoutes],
    rows: new Map(rows.map((row) => [row.id, row])),
    actor: actorOf,
    fault: (error, id, request) =>
      isOAuth(request.path)
        ? oauthFault(error, request)
        : faultAnswer(error, id === undefined ? undefined : byId[id]),
    unimplemented: (id) => errorAnswer(501, `${id} is documented but not reached yet`),
    unknownRoute: () => errorAnswer(404, 'There is no such operation'),
    wrongMethod,
    unreadable: (status, reason, path) =>
      isOAuth(path) ? oauthError(status, 'invalid_request', reason) : errorAnswer(status, reason),
    internal: (request) => errorAnswer(500, `Request ${request.id} failed; the log says why`),
  }
}

const byId: Readonly<Record<string, DocumentedOperation>> = operations

function documentedRoutes(operation: DocumentedOperation): Route[] {
  return [operation.path, ...operation.aliases].map((path) => ({
    operationId: operation.id,
    methods: operation.methods,
    path: base + path.replace(/\{([^}]+)\}/g, ':$1'),
  }))
}

function wrongMethod(allowed: readonly string[], request: FaceRequest): Answer {
  const headers = { allow: allowed.join(', ') }
  return errorAnswer(405, `${request.method} is not one of ${headers.allow}`, undefined, headers)
}
