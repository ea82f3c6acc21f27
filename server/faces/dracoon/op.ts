import type { Ctx } from '../../core/ctx.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { type Definition, type RawDefinition, rowMakers, type Shape } from '../row.ts'
import { faceSchemas } from '../validate.ts'
import { accepts } from './accepts.ts'
import type { AuthWord } from './auth.ts'
import { type DateFormat, dateFormats, withDates } from './dates.ts'
import { errorAnswer } from './faults.ts'
import { operations, schemas } from './generated/operations.ts'
import type { Operations } from './generated/shapes.ts'
import { inspectInput, readParams } from './inspect.ts'
import { readJson } from './read.ts'
import { refuseProblems } from './refuse.ts'

export const dracoonSchemas = faceSchemas(schemas)

const makers = rowMakers<Operations>({
  schemas: dracoonSchemas,
  operations,
  readBody: readJson,
  readParams,
  inspect: inspectInput,
  refuse: refuseProblems,
  wrap,
})

type Auth = { readonly auth: AuthWord }

/**
 * A row that answers with JSON, or with nothing where `reply` gives undefined. Members that are
 * undefined are left out, as the wire leaves out nulls.
 */
export function op<Id extends keyof Operations & string, R>(
  id: Id,
  definition: Definition<Operations[Id], R> & Auth,
): Row {
  return guarded(makers.op(id, definition))
}

/** A row that makes its whole answer. */
export function raw<Id extends keyof Operations & string>(
  id: Id,
  definition: RawDefinition<Operations[Id] & Shape> & Auth,
): Row {
  return guarded(makers.raw(id, definition))
}

/** Refuses what the client would not take, before anything happens (406). */
function guarded(row: Row): Row {
  const { replyContentTypes } = operations[row.id as keyof Operations]
  // Where success has no body, an error still has one.
  const types = replyContentTypes.length === 0 ? ['application/json'] : replyContentTypes
  const handle = async (ctx: Ctx, request: FaceRequest): Promise<Answer> =>
    accepts(request.headers.accept, types)
      ? row.handle(ctx, request)
      : errorAnswer(406, `This answers with ${types.join(', ')}`)
  return { ...row, handle }
}

function wrap(status: number, value: unknown, id: string, _ctx: Ctx, request: FaceRequest): Answer {
  return jsonAnswer(id, status, value, request)
}

/** A reply of an operation as the client wants its dates; without a body for undefined. */
export function jsonAnswer(
  id: string,
  status: number,
  value: unknown,
  request: FaceRequest,
): Answer {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  if (value === undefined) return { status, headers }
  const use = operations[id as keyof Operations].replies[status]
  const format = formatOf(request)
  return { status, headers, json: use ? withDates(value, use, schemas, format) : value }
}

function formatOf(request: FaceRequest): DateFormat {
  const given = request.headers['x-sds-date-format']
  return dateFormats.find((one) => one === given) ?? 'UTC'
}
