import type { DocumentedOperation, DocumentedParameter } from '../../server/faces/documented.ts'
import { documents } from '../../server/faces/documented.ts'
import { schemas } from '../../server/faces/dracoon/generated/operations.ts'
import type { ContractRow, Send } from '../row.ts'
import { schemaOf } from '../sample.ts'
import { builtOperations, sampleCall } from './sample-call.ts'

type Wrong = { readonly what: string; readonly send: Send }

/** Ways to be wrong that the document says enough for, by the code that stands for them. */
const ways: Readonly<Record<number, (operation: DocumentedOperation) => Wrong | undefined>> = {
  [-80000]: (operation) => bodyWithout(operation) ?? blankInPath(operation),
  [-80001]: (operation) => negativeId(operation),
  [-80002]: (operation) => noNumber(operation),
  [-80005]: (operation) => noBoolean(operation),
  [-80013]: (operation) => ({ what: 'no JSON', send: { ...sampleCall(operation), bytes: '{"' } }),
  [-80024]: (operation) => noRange(operation),
}

function parameters(operation: DocumentedOperation, type: string, ...places: string[]) {
  const fits = (one: DocumentedParameter) => places.includes(one.in) && one.schema.type === type
  return operation.parameters.filter(fits)
}

/** The sample call with one parameter of path or query as it should not be. */
function withParameter(
  operation: DocumentedOperation,
  parameter: DocumentedParameter | undefined,
  value: string,
): Wrong | undefined {
  if (!parameter) return undefined
  const { name } = parameter
  const place = parameter.in === 'path' ? 'params' : 'query'
  const sample = sampleCall(operation)
  const send = { ...sample, [place]: { ...sample[place], [name]: value } }
  return { what: `'${value}' as ${name}`, send }
}

/** The sample call with one member of the body as it should not be. */
function withMember(
  operation: DocumentedOperation,
  isMeant: (name: string, type: string) => boolean,
  wrongValue: (isList: boolean) => unknown,
): Wrong | undefined {
  if (operation.bodySchema === undefined) return undefined
  const { properties = {} } = schemaOf(operation.bodySchema, schemas)
  for (const [name, use] of Object.entries(properties)) {
    const schema = schemaOf(use, schemas)
    const isList = schema.type === 'array' && schema.items !== undefined
    const type = isList ? schemaOf(schema.items!, schemas).type : schema.type
    if (!isMeant(name, String(type))) continue
    const sample = sampleCall(operation)
    const body = { ...(sample.body as object), [name]: wrongValue(isList) }
    return { what: `'${JSON.stringify(wrongValue(isList))}' as ${name}`, send: { ...sample, body } }
  }
  return undefined
}

const listed = (value: unknown) => (isList: boolean) => (isList ? [value] : value)

function bodyWithout(operation: DocumentedOperation): Wrong | undefined {
  if (operation.bodySchema === undefined) return undefined
  const [first] = schemaOf(operation.bodySchema, schemas).required ?? []
  if (first === undefined) return undefined
  return { what: `without ${first}`, send: { ...sampleCall(operation), body: {} } }
}

const blankInPath = (operation: DocumentedOperation) => {
  const [first] = operation.parameters.filter((one) => one.in === 'path')
  return withParameter(operation, first, ' ')
}

const isId = (name: string, type: string) => type === 'integer' && /^ids?$|Ids?$/.test(name)

const negativeId = (operation: DocumentedOperation) =>
  withParameter(operation, parameters(operation, 'integer', 'path')[0], '-1') ??
  withMember(operation, isId, listed(-1)) ??
  withParameter(
    operation,
    parameters(operation, 'integer', 'query').find(({ name }) => name.endsWith('_id')),
    '-1',
  )

const noNumber = (operation: DocumentedOperation) =>
  withParameter(operation, parameters(operation, 'integer', 'path')[0], 'x') ??
  withMember(
    operation,
    (name, type) => type === 'integer' && name !== 'classification',
    listed('x'),
  ) ??
  withParameter(
    operation,
    parameters(operation, 'integer', 'query').find(({ name }) => !/offset|limit/.test(name)),
    'x',
  )

const noBoolean = (operation: DocumentedOperation) =>
  withParameter(operation, parameters(operation, 'boolean', 'query')[0], 'perhaps') ??
  withMember(operation, (_name, type) => type === 'boolean', listed('perhaps'))

const noRange = (operation: DocumentedOperation) =>
  withParameter(
    operation,
    parameters(operation, 'integer', 'query').find(({ name }) => name === 'limit'),
    '-1',
  )

/** Input that does not fit, asked of every operation that is built and documents a code for it. */
export const everywhereInputRows: readonly ContractRow[] = builtOperations.flatMap(
  ({ operation, auth }) =>
    Object.entries(ways).flatMap(([code, wayOf]) => {
      if (!documents(operation, 400, Number(code))) return []
      const wrong = wayOf(operation)
      if (!wrong) return []
      const row: ContractRow = {
        op: operation.id,
        name: wrong.what,
        as: auth === 'user' ? 'admin' : null,
        send: wrong.send,
        // An answer to HEAD has no body, so no code can be seen.
        want: { status: 400, code: operation.method === 'HEAD' ? undefined : Number(code) },
      }
      return [row]
    }),
)
