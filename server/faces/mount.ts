import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import FindMyWay, { type HTTPMethod } from 'find-my-way'
import { type Actor, type App, contextFor } from '../core/ctx.ts'
import { Fault, fault, isFault } from '../core/fault.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import type { Answer, BodyLimits, Face, FaceRequest, Row } from './operation.ts'

/** What the outside gives a mounted face, beside the app. */
export type MountOptions = {
  readonly limits: BodyLimits
  /** The tenant that answers on this host name. */
  tenantFor(host: string): Promise<Tenant | undefined>
  /** The address at which the server was asked, as far as it can be told without a tenant. */
  addressOf(request: FastifyRequest): string
  /** Base of links in an answer of this tenant. */
  publicUrlOf(tenant: Tenant, request: FaceRequest): Promise<string>
  /** Told once for every answer; metrics and the request log hang here. */
  observe(seen: Observed): void
}

export type Observed = {
  readonly requestId: string
  readonly face: string
  /** Operation id, or '-' where none matched. */
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
  readonly address: string
  readonly tenantId: number | null
  readonly userId: number | null
  readonly fault: string | null
  readonly error: unknown
}

/** `answer` is for requests below the prefixes that the server's own router cannot read. */
export type Mounted = {
  readonly prefixes: readonly string[]
  answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

type Match = { operationId: string; params: Record<string, string> }
type Progress = {
  operation: string | undefined
  tenant: Tenant | undefined
  actor: Actor | undefined
  fault: Fault | undefined
  error: unknown
}

/**
 * Puts a face on the server. Documented operations are matched by one router of the face, made at
 * the first request, so that hundreds of routes cost nothing at start.
 */
export function mountFace(
  server: FastifyInstance,
  app: App,
  face: Face,
  options: MountOptions,
): Mounted {
  let router: ReturnType<typeof routerOf> | undefined
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    router ??= routerOf(face)
    const progress: Progress = {
      operation: undefined,
      tenant: undefined,
      actor: undefined,
      fault: undefined,
      error: undefined,
    }
    const started = performance.now()
    const facing = faceRequest(request, options)
    const answer = await answerOf(app, face, router, facing, options, progress)
    const status = await send(reply, request.method, answer, (error) => {
      progress.error = error
      return face.internal(facing)
    })
    discardRest(request.raw, progress.fault?.data.rule === 'timeout' ? lateMs : discardMs)
    options.observe(observed(face, facing, progress, status, started))
    return reply
  }
  // Answered before Fastify looks at the body: faces read bodies themselves, and real clients send
  // content types that are not well-formed.
  const route = { method: server.supportedMethods, onRequest: handler, handler: unreached }
  for (const prefix of face.prefixes) {
    server.route({ ...route, url: prefix })
    server.route({ ...route, url: `${prefix}/*` })
  }
  return { prefixes: face.prefixes, answer: handler }
}

/** How long a client may go on sending a body that has been answered. */
const discardMs = 10_000
/** The same for one that was too slow: no longer than the answer needs. */
const lateMs = 250

/** A client that is still sending reads its answer only when somebody takes the rest. */
function discardRest(body: IncomingMessage, ms: number): void {
  if (body.readableEnded || body.destroyed) return
  body.resume()
  if (body.complete) return
  const timer = setTimeout(() => body.destroy(), ms)
  timer.unref()
  body.once('close', () => clearTimeout(timer))
}

const unreached = async () => {
  throw new Error('a mounted face answers in its onRequest hook')
}

// Tokens and paths stand in the URL; Node's limit of the request line bounds them.
const longestParam = 65_536

function decodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** So many paths without parameters are known without the router. */
const mostPlain = 500

function routerOf(face: Face) {
  const router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: longestParam })
  for (const route of face.routes) {
    const store = { operationId: route.operationId }
    router.on(route.methods as HTTPMethod[], route.path, () => undefined, store)
  }
  const methods = [...new Set(face.routes.flatMap((route) => route.methods))]
  const plain = new Map<string, Match>()
  const find = (method: string, path: string): Match | readonly string[] => {
    const key = `${method} ${path}`
    const known = plain.get(key)
    if (known) return known
    const found = router.find(method as HTTPMethod, path)
    if (found) {
      const { operationId } = found.store as { operationId: string }
      const match = { operationId, params: found.params as Record<string, string> }
      if (Object.keys(match.params).length === 0 && plain.size < mostPlain) plain.set(key, match)
      return match
    }
    return methods.filter((other) => router.find(other as HTTPMethod, path) !== null)
  }
  return { find }
}

async function answerOf(
  app: App,
  face: Face,
  router: ReturnType<typeof routerOf>,
  request: FaceRequest,
  options: MountOptions,
  progress: Progress,
): Promise<Answer> {
  try {
    if (!decodable(request.path)) {
      fault('invalid', 'body', undefined, { field: 'path', rule: 'percent-encoding' })
    }
    const path = face.canonicalPath?.(request.path) ?? request.path
    const match = router.find(request.method, path)
    if (!('operationId' in match)) {
      return match.length > 0 ? face.wrongMethod(match, request) : face.unknownRoute(request)
    }
    progress.operation = match.operationId
    const row = face.rows.get(match.operationId)
    if (!row) return face.unimplemented(match.operationId, request)
    return await run(app, face, row, { ...request, params: match.params }, options, progress)
  } catch (error) {
    if (isFault(error)) {
      progress.fault = error
      return face.fault(error, progress.operation, request)
    }
    progress.error = error
    return face.internal(request)
  }
}

async function run(
  app: App,
  face: Face,
  row: Row,
  asked: FaceRequest,
  options: MountOptions,
  progress: Progress,
): Promise<Answer> {
  const tenant = await options.tenantFor(asked.host)
  if (!tenant) throw new Fault('not-found', 'tenant')
  progress.tenant = tenant
  const request = { ...asked, publicUrl: await options.publicUrlOf(tenant, asked) }
  progress.actor = await face.actor(app, tenant, row, request)
  const client = { address: request.address, userAgent: request.userAgent }
  const ctx = contextFor(app, tenant, progress.actor, request.id, client)
  return await row.handle(ctx, request)
}

function faceRequest(request: FastifyRequest, options: MountOptions): FaceRequest {
  const url = request.raw.url ?? '/'
  const mark = url.indexOf('?')
  const search = mark < 0 ? '' : url.slice(mark + 1)
  return {
    id: request.id,
    method: request.method,
    path: mark < 0 ? url : url.slice(0, mark),
    search,
    query: new URLSearchParams(search),
    headers: request.headers,
    params: {},
    body: request.raw,
    publicUrl: options.addressOf(request),
    host: request.host ?? '',
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    limits: options.limits,
  }
}

/** Sends and answers with the status; a stream that cannot be opened becomes `failed`'s answer. */
async function send(
  reply: FastifyReply,
  method: string,
  answer: Answer,
  failed: (error: unknown) => Answer,
): Promise<number> {
  if ('open' in answer) {
    const length = answer.length === null ? {} : { 'content-length': String(answer.length) }
    if (method === 'HEAD') {
      reply
        .code(answer.status)
        .headers({ ...answer.headers, ...length })
        .send()
      return answer.status
    }
    try {
      const stream = await answer.open()
      reply
        .code(answer.status)
        .headers({ ...answer.headers, ...length })
        .send(stream)
      return answer.status
    } catch (error) {
      return send(reply, method, failed(error), failed)
    }
  }
  reply.code(answer.status)
  if (answer.headers) reply.headers(answer.headers)
  if ('json' in answer) {
    reply.header('content-type', 'application/json; charset=utf-8')
    reply.send(JSON.stringify(answer.json))
  } else if ('text' in answer) reply.header('content-type', answer.type).send(answer.text)
  else reply.send()
  return answer.status
}

function observed(
  face: Face,
  request: FaceRequest,
  progress: Progress,
  status: number,
  started: number,
): Observed {
  const { actor, tenant, fault, error } = progress
  return {
    requestId: request.id,
    face: face.name,
    operation: progress.operation ?? '-',
    method: request.method,
    path: request.path,
    status,
    milliseconds: performance.now() - started,
    address: request.address,
    tenantId: tenant?.id ?? null,
    userId: actor?.kind === 'user' ? actor.userId : null,
    fault: fault ? fault.message : null,
    error,
  }
}
