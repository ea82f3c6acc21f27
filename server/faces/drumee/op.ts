import type { Ctx } from '../../core/ctx.ts'
import { type Fault, fault, isFault } from '../../core/fault.ts'
import type { DocumentedOperation } from '../documented.ts'
import type { Answer, FaceRequest, Headers, Row } from '../operation.ts'
import { rowMakers } from '../row.ts'
import { faceSchemas } from '../validate.ts'
import { type AuthWord, hasHeaderToken } from './auth.ts'
import { type Envelope, envelope } from './envelope.ts'
import { type OperationId, operations, schemas } from './generated/operations.ts'
import type { Operations } from './generated/shapes.ts'
import { headerValues, readValues, type Values } from './read.ts'
import { refuseProblems, requireGroups } from './refuse.ts'

/** What a service answers with, inside of the envelope. */
export type Data<Id extends OperationId> = Operations[Id]['reply'] extends { data: infer D }
  ? D
  : never

type Services = {
  [Id in OperationId]: {
    params: unknown
    headers: Operations[Id]['headers']
    /** Never absent: a call without parameters has an empty object. */
    body: NonNullable<Operations[Id]['body']>
    reply: Envelope
  }
}

type Given<Id extends OperationId> = Pick<Services[Id], 'body' | 'headers'>

type Guard = {
  readonly auth: AuthWord
  /** It changes something: by GET only with a token in a header, never with the cookie. */
  readonly changes?: boolean
}

/** Translate in, one core call (`run`), translate out (`reply`). */
export type Service<Id extends OperationId, R> = Guard & {
  run(ctx: Ctx, given: Given<Id>, request: FaceRequest): Promise<R>
  reply(result: R, given: Given<Id>, ctx: Ctx, request: FaceRequest): Data<Id>
  /** The data for a fault that is answered with status 200; undefined for any other. */
  refusal?(error: Fault, given: Given<Id>): Data<Id> | undefined
  headers?(result: R, ctx: Ctx, request: FaceRequest): Headers
}

export type Stream<Id extends OperationId> = Guard & {
  run(ctx: Ctx, given: Given<Id>, request: FaceRequest): Promise<Answer>
}

const makers = rowMakers<Services>({
  schemas: faceSchemas(schemas, { coerceBody: true }),
  operations,
  readBody: readValues,
  readParams: () => ({}),
  refuse: refuseProblems,
  wrap: (status, json) => ({ status, headers: plainHeaders, json }),
})

const plainHeaders: Headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

type Outcome<Id extends OperationId, R> = { readonly done: R } | { readonly refused: Data<Id> }

/** A row that answers with data in the envelope. */
export function op<Id extends OperationId, R>(id: Id, service: Service<Id, R>): Row {
  const row = makers.op<Id, Outcome<Id, R>>(id, {
    auth: service.auth,
    run: (ctx, given, request) => outcomeOf(operations[id], service, ctx, given, request),
    reply: (outcome, given, ctx, request) => {
      const isDone = 'done' in outcome
      const data = isDone ? service.reply(outcome.done, given, ctx, request) : outcome.refused
      return envelope(ctx, id, data, valuesOf(given).echoId)
    },
    headers: (outcome, ctx, request) =>
      'done' in outcome ? (service.headers?.(outcome.done, ctx, request) ?? {}) : {},
  })
  return guarded(row, service)
}

/** The parameters, wherever they came. */
function valuesOf({ body, headers }: { body: unknown; headers: unknown }): Values {
  return (body ?? (headers as Record<string, Values>)['x-param-xia-data'] ?? {}) as Values
}

async function outcomeOf<Id extends OperationId, R>(
  operation: DocumentedOperation,
  service: Service<Id, R>,
  ctx: Ctx,
  given: Given<Id>,
  request: FaceRequest,
): Promise<Outcome<Id, R>> {
  try {
    requireGroups(operation, valuesOf(given))
    return { done: await service.run(ctx, given, request) }
  } catch (error) {
    const refused = isFault(error) ? service.refusal?.(error, given) : undefined
    if (refused === undefined) throw error
    return { refused }
  }
}

/** A row that makes its whole answer. */
export function raw<Id extends OperationId>(id: Id, stream: Stream<Id>): Row {
  const row = makers.raw<Id>(id, {
    auth: stream.auth,
    run: async (ctx, given, request) => {
      requireGroups(operations[id], valuesOf(given))
      return stream.run(ctx, given, request)
    },
  })
  return guarded(row, stream)
}

function guarded(row: Row, { changes }: Guard): Row {
  if (!changes) return row
  const handle = async (ctx: Ctx, request: FaceRequest): Promise<Answer> => {
    if (request.method === 'GET' && !hasHeaderToken(request)) {
      fault('forbidden', 'session', undefined, { rule: 'header-needed' })
    }
    return row.handle(ctx, request)
  }
  return { ...row, handle }
}

/**
 * For a service whose body is bytes: its parameters come in headers (`x-param-xia-data` and the
 * single ones) and are validated as one object.
 */
export function byHeaders(row: Row): Row {
  const handle = async (ctx: Ctx, request: FaceRequest): Promise<Answer> => {
    const values = JSON.stringify(headerValues(request))
    return row.handle(ctx, {
      ...request,
      headers: { ...request.headers, 'x-param-xia-data': values, 'x-param-drumee-data': undefined },
    })
  }
  return { ...row, handle }
}
