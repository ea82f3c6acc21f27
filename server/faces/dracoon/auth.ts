import type { Actor, App } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { authenticate } from '../../core/sessions/authenticate.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import { documents } from '../documented.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { type OperationId, operations } from './generated/operations.ts'

/**
 * Who may call. `none`: everybody, and a token that comes along is not looked at. `user`: the
 * holder of an access token or of a token of the old login. `service`: the operator, by
 * `X-Sds-Service-Token`; no such operation is reached yet.
 */
export type AuthWord = 'none' | 'user' | 'service'

/** Who acts, or fault 'unauthenticated'; 'forbidden' while the account owes something. */
export async function actorOf(
  app: App,
  tenant: Tenant,
  row: Row,
  request: FaceRequest,
): Promise<Actor> {
  if (row.auth === 'none') return { kind: 'anonymous' }
  const token = tokenOf(request)
  if (row.auth !== 'user' || token === undefined) return fault('unauthenticated', 'session')
  const mayOwe = !waitsForDuties(row.id)
  const kinds = ['access', 'login'] as const
  const signedIn = await authenticate(app, tenant, { token, kinds, mayOwe, tellsKinds: true })
  return signedIn?.actor ?? fault('unauthenticated', 'session')
}

/** The token of `Authorization: Bearer`, or of the older header, which may hold either kind. */
export function tokenOf(request: FaceRequest): string | undefined {
  const bearer = /^Bearer +([^\s]+)\s*$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const older = request.headers['x-sds-auth-token']
  const text = Array.isArray(older) ? older[0] : older
  return text === undefined || text.trim() === '' ? undefined : text.trim()
}

// The document says by -10104 which operations wait; these two stay open all the same, or nobody
// could get out of the state (dossier 2.5). Core refuses at the second what does not lead out.
const alwaysOpen = new Set(['logout', 'updateUserAccount'])

function waitsForDuties(id: string): boolean {
  const operation = operations[id as OperationId]
  return operation !== undefined && !alwaysOpen.has(id) && documents(operation, 412, -10104)
}
