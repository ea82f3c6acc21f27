import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Actor, App, Ctx } from '../core/ctx.ts'
import type { Fault } from '../core/fault.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import type { SocketRow } from './sockets.ts'

/** One HTTP request as a face sees it, before any meaning is given to it. */
export type FaceRequest = {
  readonly id: string
  readonly method: string
  /** Path as sent, not decoded, without the query. */
  readonly path: string
  /** Query as sent, not decoded, without the question mark. */
  readonly search: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Path parameters, decoded once. */
  readonly params: Readonly<Record<string, string>>
  /** The body as it arrives. A row may read it once, or leave it. */
  readonly body: Readable
  /** Base of every address in answers: scheme, host, port, no last slash. */
  readonly publicUrl: string
  readonly host: string
  readonly address: string
  readonly userAgent: string
  readonly limits: BodyLimits
}

/** Limits of what a face reads into memory; names in the configuration. */
export type BodyLimits = {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

export type Headers = Readonly<Record<string, string | string[]>>

/**
 * What goes back. `open` is called only when bytes are really wanted (not for HEAD, not for 304).
 */
export type Answer =
  | { readonly status: number; readonly headers?: Headers; readonly json: unknown }
  | {
      readonly status: number
      readonly headers?: Headers
      readonly text: string
      readonly type: string
    }
  | {
      readonly status: number
      readonly headers?: Headers
      readonly open: () => Promise<Readable>
      readonly length: number | null
    }
  | { readonly status: number; readonly headers?: Headers }

/**
 * One operation as data: who may call it, and what it does with a request. A face's `op` builds it
 * from translate in, one core call, translate out.
 */
export type Row = {
  readonly id: string
  /** Who may call, in the face's own words; the matrix test reads it. */
  readonly auth: string
  handle(ctx: Ctx, request: FaceRequest): Promise<Answer>
}

export type Route = {
  readonly operationId: string
  readonly methods: readonly string[]
  /** find-my-way pattern below no prefix: '/api/v4/nodes/:node_id'. */
  readonly path: string
}

/** A whole API: its documented routes, the rows that exist, and its own form for every error. */
export type Face = {
  readonly name: string
  /** URL prefixes that belong to this face; everything below them is answered by it. */
  readonly prefixes: readonly string[]
  readonly routes: readonly Route[]
  readonly rows: ReadonlyMap<string, Row>
  /** Its web sockets. */
  readonly sockets?: readonly SocketRow[]
  /** The path under which `routes` knows what was asked for; default: as sent. */
  canonicalPath?(path: string): string
  /** Who acts; throws a Fault when the row wants more than the request shows. */
  actor(app: App, tenant: Tenant, row: Row, request: FaceRequest): Promise<Actor>
  fault(fault: Fault, operationId: string | undefined, request: FaceRequest): Answer
  /** Documented, but not reached yet. */
  unimplemented(operationId: string, request: FaceRequest): Answer
  unknownRoute(request: FaceRequest): Answer
  wrongMethod(allowed: readonly string[], request: FaceRequest): Answer
  /** For what could not be read as a request: 400, 408, 431. `path` as far as it is known. */
  unreadable(status: number, reason: string, path: string): Answer
  /** The one fixed answer for everything that is not a Fault. */
  internal(request: FaceRequest): Answer
}
