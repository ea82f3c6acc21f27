import type { Ctx } from '../core/ctx.ts'
import type { DocumentedOperation } from './documented.ts'
import type { Answer, FaceRequest, Headers, Row } from './operation.ts'
import type { Problem } from './problem.ts'
import { urlValues } from './url-values.ts'
import { compileOperation, type FaceSchemas, type OperationValidators } from './validate.ts'

/** What a document says of one operation: an entry of a face's generated `Operations`. */
export type Shape = { params: unknown; headers: unknown; body: unknown; reply: unknown }

/** A request after validation, typed by the document. */
export type Input<S extends Shape> = {
  readonly params: S['params']
  readonly headers: S['headers']
  readonly body: S['body']
}

/** Translate in, one core call (`run`), translate out (`reply`). */
export type Definition<S extends Shape, R> = {
  /** Who may call, in the face's words. */
  readonly auth: string
  run(ctx: Ctx, input: Input<S>, request: FaceRequest): Promise<R>
  reply(result: R, input: Input<S>, ctx: Ctx, request: FaceRequest): S['reply']
  /** Default: the first success status of the document. */
  readonly status?: number
  headers?(result: R, ctx: Ctx, request: FaceRequest): Headers
}

/** For streams, redirects and conditional answers: the row makes the answer itself. */
export type RawDefinition<S extends Shape> = {
  readonly auth: string
  run(ctx: Ctx, input: Input<S>, request: FaceRequest): Promise<Answer>
}

export type RowMakers<Ops extends Record<keyof Ops, Shape>> = {
  op<Id extends keyof Ops & string, R>(id: Id, definition: Definition<Ops[Id], R>): Row
  raw<Id extends keyof Ops & string>(id: Id, definition: RawDefinition<Ops[Id]>): Row
}

/** What a face decides for all of its rows. */
export type RowStyle = {
  readonly schemas: FaceSchemas
  readonly operations: Readonly<Record<string, DocumentedOperation>>
  /**
   * The body as the document's schema expects it, undefined when there is none. Called only for
   * operations whose document has a body schema.
   */
  readBody(request: FaceRequest, operation: DocumentedOperation): Promise<unknown>
  /** Parameters as text; default: path and query. */
  readParams?(request: FaceRequest, operation: DocumentedOperation): Record<string, unknown>
  /** Refuses what fits the document and cannot be meant all the same. */
  inspect?(input: Omit<Input<Shape>, 'headers'>, operation: DocumentedOperation): void
  /** Throws the Fault that the face renders for input that does not fit the document. */
  refuse(problems: readonly Problem[], operation: DocumentedOperation): never
  /** The answer around a reply value; default: JSON, or no body for undefined. */
  wrap?(status: number, value: unknown, id: string, ctx: Ctx, request: FaceRequest): Answer
}

/** Makes `op` and `raw` of one face. An unknown id does not compile. */
export function rowMakers<Ops extends Record<keyof Ops, Shape>>(style: RowStyle): RowMakers<Ops> {
  const wrap = style.wrap ?? plain
  return {
    op: (id, definition) => {
      const documented = documentedAs(style, id)
      const status = definition.status ?? documented.success[0] ?? 200
      const read = inputReader<Ops[typeof id]>(style, documented)
      const handle = async (ctx: Ctx, request: FaceRequest): Promise<Answer> => {
        const input = await read(request)
        const result = await definition.run(ctx, input, request)
        const value = definition.reply(result, input, ctx, request)
        const answer = wrap(status, value, id, ctx, request)
        const headers = definition.headers?.(result, ctx, request)
        return headers ? { ...answer, headers: { ...answer.headers, ...headers } } : answer
      }
      return { id, auth: definition.auth, handle }
    },
    raw: (id, definition) => {
      const read = inputReader<Ops[typeof id]>(style, documentedAs(style, id))
      return {
        id,
        auth: definition.auth,
        handle: async (ctx, request) => definition.run(ctx, await read(request), request),
      }
    },
  }
}

function documentedAs(style: RowStyle, id: string): DocumentedOperation {
  const documented = style.operations[id]
  if (!documented) throw new Error(`operation ${id} is not in the document`)
  return documented
}

function inputReader<S extends Shape>(style: RowStyle, operation: DocumentedOperation) {
  let validators: OperationValidators | undefined
  return async (request: FaceRequest): Promise<Input<S>> => {
    validators ??= compileOperation(style.schemas, operation)
    const url = style.readParams
      ? style.readParams(request, operation)
      : urlValues(request.params, request.query)
    const params = validators.params(url)
    if (!params.ok) return style.refuse(params.problems, operation)
    const headers = validators.headers(request.headers)
    if (!headers.ok) return style.refuse(headers.problems, operation)
    if (operation.bodySchema === undefined) {
      style.inspect?.({ params: params.value, body: undefined }, operation)
      return { params: params.value, headers: headers.value, body: undefined }
    }
    const body = validators.body(await style.readBody(request, operation))
    if (!body.ok) return style.refuse(body.problems, operation)
    style.inspect?.({ params: params.value, body: body.value }, operation)
    return { params: params.value, headers: headers.value, body: body.value }
  }
}

function plain(status: number, value: unknown): Answer {
  return value === undefined ? { status } : { status, json: value }
}
