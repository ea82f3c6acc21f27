import type { Ctx } from '../../core/ctx.ts'
import { type Connection, connectionOf } from './auth.ts'

/** What goes around every answer (dossier 4). */
export type Envelope = {
  readonly __ack__: string
  readonly __status__: Connection
  readonly __timestamp__: number
  readonly data: unknown
}

/** The answer of a service. `echoId` is what the call wants to find in the data again. */
export function envelope(ctx: Ctx, id: string, data: unknown, echoId: unknown): Envelope {
  return {
    __ack__: id,
    __status__: connectionOf(ctx.actor),
    __timestamp__: ctx.now,
    data: echoId === undefined ? data : echoed(data, echoId),
  }
}

/** An object gets the value, a list has it in each of its objects. */
function echoed(data: unknown, echoId: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  return Array.isArray(data) ? data.map((row) => echoed(row, echoId)) : { ...data, echoId }
}
