import type { Row } from '../operation.ts'
import type { OperationId } from './generated/operations.ts'
import { checkOwnHub } from './hub.ts'
import { op, type Service } from './op.ts'

/** A service about who is signed in and nobody else: his own hub is the only one it takes. */
export function own<Id extends OperationId, R>(id: Id, service: Omit<Service<Id, R>, 'auth'>): Row {
  return op<Id, R>(id, {
    ...service,
    auth: 'session',
    run: async (ctx, given, request) => {
      checkOwnHub(ctx, (given.body as { hub_id?: string }).hub_id)
      return service.run(ctx, given, request)
    },
  })
}
