import type { Actor, App } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { authenticate } from '../../core/sessions/authenticate.ts'
import { authenticatePassword } from '../../core/sessions/authenticate-password.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { basicPair } from './basic.ts'
import { parseLogin } from './ids.ts'

/**
 * Who may call. `none`: everybody, and a token that comes along is not looked at. `user`: whoever
 * signs in by token header or HTTP Basic; `any`: the same, or nobody. `token`: by token header
 * only, for calls that end the token and for changes by GET, which a browser must not be able to
 * send by itself. `device`: the same, also for a device that is asked to wipe itself.
 */
export type AuthWord = 'none' | 'any' | 'user' | 'token' | 'device'

/**
 * Who acts, or fault 'unauthenticated'; 'forbidden' while the account owes something. Tokens are
 * never taken from the query.
 */
export async function actorOf(
  app: App,
  tenant: Tenant,
  row: Row,
  request: FaceRequest,
): Promise<Actor> {
  if (row.auth === 'none') return { kind: 'anonymous' }
  const mayOwe = isOwnAccount(row.id)
  const token = tokenOf(request)
  if (token !== undefined) {
    const signedIn = await authenticate(app, tenant, {
      token,
      kinds: ['token'],
      evenToWipe: row.auth === 'device',
      mayOwe,
    })
    return signedIn?.actor ?? fault('unauthenticated', 'session')
  }
  const pair =
    row.auth === 'user' || row.auth === 'any' ? basicPair(request.headers.authorization) : undefined
  if (!pair && row.auth === 'any') return { kind: 'anonymous' }
  if (!pair) return fault('unauthenticated', 'session')
  const { address, userAgent } = request
  const client = { address, userAgent }
  const { password } = pair
  const input = { ...parseLogin(pair.login), password, client, mayOwe }
  return (await authenticatePassword(app, tenant, input)).actor
}

/** Calls about accounts lead out of what an account owes. */
const isOwnAccount = (id: string) => id.startsWith('accounts')

/** `Mountbit-Auth`, `MountbitAuth`, or a bare token in `Authorization` (params, section 2). */
export function tokenOf({ headers }: Pick<FaceRequest, 'headers'>): string | undefined {
  const own = [headers['mountbit-auth'], headers.mountbitauth].flat()
  const bare = /^\s*(\S+)\s*$/.exec(headers.authorization ?? '')?.[1]
  return [...own, bare].find((text) => text !== undefined && text.trim() !== '')?.trim()
}
