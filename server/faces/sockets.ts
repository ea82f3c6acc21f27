import type { App } from '../core/ctx.ts'
import type { Feed } from '../core/events/feed.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import type { FaceRequest } from './operation.ts'

/** One open connection as a face sees it. What is sent after its end goes nowhere. */
export type SocketLine = {
  send(text: string): void
  close(): void
}

/** What a face keeps of an open connection. */
export type SocketSession = {
  /** Text that the client sent. */
  receive?(text: string): void
  /** Asked from time to time; false ends the connection. */
  isAllowed(): Promise<boolean>
  /** Called once, when the connection has ended. */
  end(): void
}

export type SocketAdmission = {
  /** Whose connections are counted together, within the tenant. */
  readonly holder: string
  /** Called once when the connection is open. */
  start(line: SocketLine): Promise<SocketSession>
}

/** A web socket of a face. */
export type SocketRow = {
  /** Without its last slash. */
  readonly path: string
  /** Subprotocol that is taken up when the client offers it. */
  readonly protocol?: string
  /**
   * Who may open it; throws a Fault. Where a cookie may be the authority it must refuse requests of
   * other origins (`isSameOrigin`).
   */
  admit(app: App, tenant: Tenant, request: FaceRequest, feed: Feed): Promise<SocketAdmission>
}

/** Whether a browser's request comes from a page of the host that it asks, or from no page. */
export function isSameOrigin({ headers, host }: Pick<FaceRequest, 'headers' | 'host'>): boolean {
  const { origin } = headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
