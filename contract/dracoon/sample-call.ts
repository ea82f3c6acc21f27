import type { DocumentedOperation } from '../../server/faces/documented.ts'
import { schemas } from '../../server/faces/dracoon/generated/operations.ts'
import { dracoonRows } from '../../server/faces/dracoon/rows.ts'
import type { Send } from '../row.ts'
import { sampleOf } from '../sample.ts'
import { dracoon } from './driver.ts'

/** An id that nothing has. */
export const nothing = 999_999_999

/** Every operation that is built, with who may call it. */
export const builtOperations: readonly {
  readonly operation: DocumentedOperation
  readonly auth: string
}[] = dracoonRows().map(({ id, auth }) => ({ operation: dracoon.operations[id]!, auth }))

/** A call that its document takes, about things that are not there. */
export function sampleCall(operation: DocumentedOperation): Send {
  const params = Object.fromEntries(
    operation.parameters
      .filter((one) => one.in === 'path')
      .map(({ name, schema }) => [name, schema.type === 'integer' ? nothing : 'nothing']),
  )
  const query = Object.fromEntries(
    operation.parameters
      .filter((one) => one.in === 'query' && one.required)
      // The one word that a document leaves open.
      .map(({ name, schema }) => [
        name,
        name === 'type' ? 'file' : String(sampleOf(schema, schemas)),
      ]),
  )
  const { bodySchema } = operation
  return bodySchema === undefined
    ? { params, query }
    : { params, query, body: sampleOf(bodySchema, schemas) }
}
