import type { Ctx } from '../../core/ctx.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { type Definition, type RawDefinition, rowMakers } from '../row.ts'
import { faceSchemas } from '../validate.ts'
import type { AuthWord } from './auth.ts'
import { operations, schemas } from './generated/operations.ts'
import type { Operations } from './generated/shapes.ts'
import { readValues, type Values } from './read.ts'
import { refuseProblems } from './refuse.ts'

// Query and body mean the same here, so they are read once, before parameters and body are checked.
const sent = new WeakMap<FaceRequest, Values>()

const makers = rowMakers<Operations>({
  schemas: faceSchemas(schemas, { coerceBody: true }),
  operations,
  readParams: (request) => sent.get(request) ?? {},
  readBody: async (request) => sent.get(request),
  refuse: refuseProblems,
  wrap,
})

type Auth = { readonly auth: AuthWord }

/** A row that answers with JSON. */
export function op<Id extends keyof Operations & string, R>(
  id: Id,
  definition: Definition<Operations[Id], R> & Auth,
): Row {
  return reading(makers.op(id, definition))
}

/** A row that makes its whole answer. */
export function raw<Id extends keyof Operations & string>(
  id: Id,
  definition: RawDefinition<Operations[Id]> & Auth,
): Row {
  return reading(makers.raw(id, definition))
}

function reading(row: Row): Row {
  const operation = operations[row.id as keyof Operations]
  const handle = async (ctx: Ctx, request: FaceRequest): Promise<Answer> => {
    sent.set(request, await readValues(request, operation))
    return row.handle(ctx, request)
  }
  return { ...row, handle }
}

/** A JSON answer as every row gives it. */
export function jsonAnswer(status: number, json: unknown): Answer {
  return { status, headers: plainHeaders, json }
}

const plainHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

function wrap(status: number, value: unknown): Answer {
  return jsonAnswer(status, value ?? {})
}
