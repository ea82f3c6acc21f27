import { randomFillSync } from 'node:crypto'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { tenantForHost } from '../core/tenants/tenant-for-host.ts'
import { type Mounted, type MountOptions, mountFace, type Observed } from '../faces/mount.ts'
import type { Face } from '../faces/operation.ts'
import { askingClient } from './asking-client.ts'
import { clientErrorAnswerer, faceOf } from './client-error.ts'
import type { Config } from './config.ts'
import { type Log, logRequest } from './log.ts'
import { openMetrics } from './metrics.ts'
import type { OpenApp } from './open-app.ts'
import { addressOf, publicUrlOf } from './public-url.ts'
import { startPage } from './start-page.ts'
import { version } from './version.ts'
import { mountWebSockets, type WebSockets } from './web-sockets.ts'

export type RunningServer = { readonly url: string; close(): Promise<void> }

/** Puts the faces, the start page, health and metrics on one port and listens. */
export async function startHttpServer(
  open: OpenApp,
  faces: readonly Face[],
  config: Config,
  log: Log,
): Promise<RunningServer> {
  const mounted: Mounted[] = []
  const server = makeServer(config, faces, mounted)
  const metrics = openMetrics(open.engineStats)
  const options: MountOptions = {
    limits: {
      maxBodyBytes: config.limits.maxBodyBytes,
      bodyTimeoutMs: config.timeouts.requestSeconds * 1000,
    },
    tenantFor: (host) => tenantForHost(open.app, host),
    addressOf: (request) => addressOf(config, request),
    publicUrlOf: (tenant, request) => publicUrlOf(config, open.app, tenant, request),
    observe(seen) {
      metrics.request(seen)
      logObserved(log, seen)
    },
  }
  allowOtherOrigins(server)
  for (const face of faces) mounted.push(mountFace(server, open.app, face, options))
  addOwnPages(server, open, config, metrics)
  const sockets = mountWebSockets(
    server.server,
    open.app,
    faces,
    {
      perUser: config.limits.maxUserSockets,
      messageBytes: config.limits.maxSocketMessageBytes,
      clientOf: askingClient(config.trustProxy),
      tenantFor: options.tenantFor,
      publicUrl: config.publicUrl,
      publicUrlOf: options.publicUrlOf,
    },
    log,
  )
  await server.listen({ host: config.listen.host, port: config.listen.port })
  return { url: boundUrl(server, config), close: () => closeWhenDone(server, sockets) }
}

/**
 * Stops listening and resolves when what is under way has been answered. A connection that becomes
 * idle meanwhile is closed then, not when its client would have let go of it.
 */
async function closeWhenDone(server: FastifyInstance, sockets: WebSockets): Promise<void> {
  const idle = setInterval(() => server.server.closeIdleConnections(), 100)
  try {
    await sockets.close()
    await server.close()
  } finally {
    clearInterval(idle)
  }
}

/** How often Node looks for headers that do not arrive, within the time that they have. */
const headerChecks = (seconds: number) => Math.min(30_000, Math.max(250, seconds * 100))

/** Random ids of 16 hex digits; randomness is taken for many at once, since a call costs more. */
function requestIds(): () => string {
  const random = Buffer.alloc(4096)
  let used = random.length
  return () => {
    if (used === random.length) {
      randomFillSync(random)
      used = 0
    }
    used += 8
    return random.toString('hex', used - 8, used)
  }
}

function makeServer(
  config: Config,
  faces: readonly Face[],
  mounted: readonly Mounted[],
): FastifyInstance {
  const server = fastify({
    logger: false,
    genReqId: requestIds(),
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    connectionTimeout: config.timeouts.idleSeconds * 1000,
    // A large upload takes as long as it takes; what makes no progress ends by the idle time.
    requestTimeout: 0,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    http: {
      maxHeaderSize: config.limits.maxHeaderBytes,
      headersTimeout: config.timeouts.requestSeconds * 1000,
      connectionsCheckingInterval: headerChecks(config.timeouts.requestSeconds),
    },
    clientErrorHandler: clientErrorAnswerer(faces),
    exposeHeadRoutes: false,
    // No route has a schema of Fastify's; its own compilers would be loaded at every start.
    schemaController: {
      compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler },
    },
    frameworkErrors: (error, request, reply) => {
      // Percent codes that are broken: the face says so in its own form.
      const face = faceOf(mounted, pathOf(request))
      if (face) return void face.answer(request, reply)
      const status = error.statusCode ?? 400
      reply.raw.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      reply.raw.end(JSON.stringify({ error: error.message }))
    },
  })
  server.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: `Nothing answers at ${request.method} ${pathOf(request)}` })
  })
  return server
}

function noCompiler(): never {
  throw new Error('a route has a schema; none is compiled here')
}

// Faces authenticate by headers that a browser never adds by itself, so any origin may call;
// cookies are not allowed along (no Allow-Credentials).
function allowOtherOrigins(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.headers.origin === undefined) return
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', 'ETag, Content-Range, Content-Disposition')
    if (request.method !== 'OPTIONS') return
    reply.header('access-control-allow-methods', 'GET, HEAD, POST, PUT, DELETE')
    reply.header(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? '*',
    )
    reply.header('access-control-max-age', '600')
    return reply.code(204).send()
  })
}

function addOwnPages(
  server: FastifyInstance,
  open: OpenApp,
  config: Config,
  metrics: ReturnType<typeof openMetrics>,
): void {
  server.get('/', async (request, reply) => {
    reply.type('text/html; charset=utf-8')
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    )
    const asked = { host: request.host ?? '', publicUrl: addressOf(config, request) }
    const tenant = await tenantForHost(open.app, asked.host)
    const url = tenant ? await publicUrlOf(config, open.app, tenant, asked) : asked.publicUrl
    return startPage(url, version)
  })
  server.get('/health/live', async () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => {
    const problems = await open.ready()
    if (problems.length > 0) reply.code(503)
    return { status: problems.length === 0 ? 'ok' : 'unavailable', problems }
  })
  server.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.socket.remoteAddress ?? '') || isForwarded(request)) {
      return reply.code(403).send({ error: 'Metrics are told on the loopback address only' })
    }
    reply.type(metrics.contentType)
    return metrics.text()
  })
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}

/** By a proxy on this machine, for somebody who may be anywhere. */
function isForwarded({ headers }: FastifyRequest): boolean {
  return ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => name in headers)
}

function boundUrl(server: FastifyInstance, config: Config): string {
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : config.listen.port
  const { host } = config.listen
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '/').split('?')[0] ?? '/'
}

function logObserved(log: Log, seen: Observed): void {
  logRequest(log, {
    requestId: seen.requestId,
    method: seen.method,
    url: seen.path,
    operation: seen.operation === '-' ? undefined : `${seen.face}.${seen.operation}`,
    status: seen.status,
    ms: seen.milliseconds,
    userId: seen.userId ?? undefined,
    remote: seen.address,
  })
  if (seen.error) log.error({ requestId: seen.requestId, err: seen.error }, 'unexpected error')
}
