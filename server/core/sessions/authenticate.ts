import type { Actor, App } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { dutiesOf, refuseDuties } from './duties.ts'
import type { Session, SessionKind, SignedIn } from './session.ts'

export type Authenticate = {
  readonly token: string
  /** The kinds of session that this caller takes. */
  readonly kinds: readonly Exclude<SessionKind, 'code' | 'refresh'>[]
  /** A device that is asked to wipe itself is let in: to say that it did, or to sign out. */
  readonly evenToWipe?: boolean
  /** Whether the call is one that an account may make that owes something. Default: it is not. */
  readonly mayOwe?: boolean
  /** Whether a valid token of another kind is told from one that is none. Default: it is not. */
  readonly tellsKinds?: boolean
}

export type Authenticated = SignedIn & { readonly actor: Actor }

/** Longer than any token that was given out. */
const maxToken = 200
/** How old the noted time of the last use may get; less where a session ends by disuse sooner. */
const touchMs = 300_000

/**
 * Who a token stands for, in one statement and without any cache: undefined when it is unknown, of
 * another kind or over, or when account or tenant is locked or the account expired, from the moment
 * that this is committed. Faults: 'disabled' 'session' for a device that is asked to wipe itself;
 * 'forbidden' 'session' for an account that owes something (see `dutiesOf`); where kinds are told,
 * 'unauthenticated' with data.rule 'kind'.
 */
export async function authenticate(
  app: App,
  tenant: Tenant,
  { token, kinds, evenToWipe = false, mayOwe = false, tellsKinds = false }: Authenticate,
): Promise<Authenticated | undefined> {
  if (token === '' || token.length > maxToken || tenant.isLocked) return undefined
  const digest = app.secrets.digest(token)
  const now = app.clock()
  const found = await app.store.read(tenant.id, (tx) => tx.sessions.findByDigest(digest, now))
  if (!found) return undefined
  const { session, user, roles } = found
  const isTaken = (kinds as readonly SessionKind[]).includes(session.kind)
  if (isSessionOver(session, now) || user.isLocked) return undefined
  if (user.expireAt !== null && user.expireAt <= now) return undefined
  if (!isTaken && tellsKinds) fault('unauthenticated', 'session', undefined, { rule: 'kind' })
  if (!isTaken) return undefined
  if (session.wipeAt !== null && !evenToWipe) fault('disabled', 'session')
  if (!mayOwe) refuseDuties(dutiesOf(tenant, user))
  if (now - session.lastUsedAt >= touchAfter(session)) await noteUse(app, tenant, session, now)
  const actor = { userId: user.id, roles, sessionId: session.id }
  return { session, user, actor: { kind: 'user', ...actor } }
}

/** Past its end, or unused for too long. */
export function isSessionOver(session: Session, now: number): boolean {
  const { expireAt, idleSeconds, lastUsedAt } = session
  return expireAt <= now || (idleSeconds > 0 && lastUsedAt + idleSeconds * 1000 <= now)
}

function touchAfter({ idleSeconds }: Session): number {
  return idleSeconds > 0 ? Math.min(touchMs, (idleSeconds * 1000) / 4) : touchMs
}

/** A request is served even when its time cannot be noted: the session only ends sooner. */
async function noteUse(app: App, tenant: Tenant, { id }: Session, now: number): Promise<void> {
  try {
    await app.store.write(tenant.id, (tx) => tx.sessions.touch(id, now))
  } catch (error) {
    app.log.warn({ session: id, error: String(error) }, 'the use of a session was not noted')
  }
}
