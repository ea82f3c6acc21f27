import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { App } from '../core/ctx.ts'
import { type Feed, openFeed } from '../core/events/feed.ts'
import { isFault } from '../core/fault.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import type { Face, FaceRequest } from '../faces/operation.ts'
import type { SocketAdmission, SocketRow, SocketSession } from '../faces/sockets.ts'
import type { AskingClient } from './asking-client.ts'
import type { Log } from './log.ts'

export type SocketOptions = {
  /** Connections that one user may have open. */
  readonly perUser: number
  readonly messageBytes: number
  clientOf(request: IncomingMessage): AskingClient
  tenantFor(host: string): Promise<Tenant | undefined>
  publicUrl: string
  publicUrlOf(tenant: Tenant, request: FaceRequest): Promise<string>
}

export type WebSockets = { close(): Promise<void> }

/** A client that answers no ping until the next one is gone; who may listen is asked then, too. */
const pingMs = 30_000
/** A reader that has left so much unread is too slow. */
const unreadBytes = 1024 * 1024

/** Puts the web sockets of the faces on the server. */
export function mountWebSockets(
  server: Server,
  app: App,
  faces: readonly Face[],
  options: SocketOptions,
  log: Log,
): WebSockets {
  const rows = new Map(faces.flatMap((face) => face.sockets ?? []).map((row) => [row.path, row]))
  const feed = openFeed(app)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.messageBytes,
    clientTracking: true,
    handleProtocols: (offered, request) => {
      const wanted = rows.get(pathOf(request))?.protocol
      return wanted !== undefined && offered.has(wanted) ? wanted : false
    },
  })
  const open = new Map<string, number>()
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    upgrade({ app, feed, rows, options, open, sockets }, request, socket, head).catch((error) => {
      log.error({ err: error }, 'a web socket could not be opened')
      refuse(socket, 500)
    })
  }
  server.on('upgrade', onUpgrade)
  return {
    async close() {
      server.off('upgrade', onUpgrade)
      for (const client of sockets.clients) client.close(1001)
      sockets.close()
      setTimeout(() => {
        for (const client of sockets.clients) client.terminate()
      }, 500).unref()
      await feed.close()
    },
  }
}

type House = {
  readonly app: App
  readonly feed: Feed
  readonly rows: ReadonlyMap<string, SocketRow>
  readonly options: SocketOptions
  /** How many connections somebody has, by tenant and user. */
  readonly open: Map<string, number>
  readonly sockets: WebSocketServer
}

async function upgrade(
  house: House,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const row = house.rows.get(pathOf(request))
  const asked = faceRequest(request, house.options)
  const tenant = row && (await house.options.tenantFor(asked.host))
  if (!row || !tenant) return refuse(socket, 404)
  const admission = await admitted(house, row, tenant, asked)
  if (!admission) return refuse(socket, 401)
  const key = `${tenant.id} ${admission.holder}`
  const count = house.open.get(key) ?? 0
  if (count >= house.options.perUser) return refuse(socket, 429)
  house.open.set(key, count + 1)
  socket.once('close', () => {
    const left = (house.open.get(key) ?? 1) - 1
    if (left > 0) house.open.set(key, left)
    else house.open.delete(key)
  })
  house.sockets.handleUpgrade(request, socket, head, (client) => {
    serve(client, admission).catch((error: unknown) => {
      house.app.log.error({ error: String(error) }, 'a web socket ended')
      client.close(1011)
    })
  })
}

async function admitted(
  { app, feed, options }: House,
  row: SocketRow,
  tenant: Tenant,
  asked: FaceRequest,
): Promise<SocketAdmission | undefined> {
  try {
    const publicUrl = await options.publicUrlOf(tenant, asked)
    return await row.admit(app, tenant, { ...asked, publicUrl }, feed)
  } catch (error) {
    if (isFault(error)) return undefined
    throw error
  }
}

async function serve(client: WebSocket, admission: SocketAdmission): Promise<void> {
  let isAlive = true
  let session: SocketSession | undefined
  let isOver = false
  const end = () => {
    isOver = true
    clearInterval(timer)
    session?.end()
    session = undefined
  }
  const timer = setInterval(() => {
    if (!isAlive) return client.terminate()
    isAlive = false
    client.ping()
    session?.isAllowed().then(
      (allowed) => {
        if (!allowed) client.close(1008)
      },
      // A database that does not answer for a moment ends nothing.
      (error: unknown) => {
        if (isFault(error) && error.code !== 'unavailable') client.close(1008)
      },
    )
  }, pingMs)
  client.on('pong', () => {
    isAlive = true
  })
  client.on('error', () => client.terminate())
  client.on('close', end)
  client.on('message', (data, isBinary) => {
    isAlive = true
    if (!isBinary) session?.receive?.(String(data))
  })
  const line = {
    send(text: string) {
      if (client.readyState !== client.OPEN) return
      if (client.bufferedAmount > unreadBytes) return client.terminate()
      client.send(text)
    },
    close: () => client.close(1000),
  }
  const started = await admission.start(line)
  if (isOver) started.end()
  else session = started
}

function refuse(socket: Duplex, status: 401 | 404 | 429 | 500): void {
  const words = { 401: 'Unauthorized', 404: 'Not Found', 429: 'Too Many Requests', 500: 'Error' }
  const lines = [`HTTP/1.1 ${status} ${words[status]}`, 'connection: close', 'content-length: 0']
  socket.end(`${lines.join('\r\n')}\r\n\r\n`)
}

function pathOf(request: IncomingMessage): string {
  const [path = '/'] = (request.url ?? '/').split('?')
  return path.replace(/\/+$/, '')
}

function faceRequest(request: IncomingMessage, options: SocketOptions): FaceRequest {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const search = mark < 0 ? '' : url.slice(mark + 1)
  return {
    id: randomUUID(),
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    search,
    query: new URLSearchParams(search),
    headers: request.headers,
    params: {},
    body: request,
    publicUrl: options.publicUrl,
    ...options.clientOf(request),
    userAgent: request.headers['user-agent'] ?? '',
    limits: { maxBodyBytes: 0, bodyTimeoutMs: 0 },
  }
}
