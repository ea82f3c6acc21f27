import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Client } from './client-store.ts'
import { type Lifetime, lifetimeOf } from './lifetime.ts'
import type { Session, SessionKind } from './session.ts'

export type NewSession = {
  readonly kind: SessionKind
  readonly userId: number
  /** Absent: the first of a family. */
  readonly familyId?: number
  readonly client?: Client
  readonly permanent?: boolean
  readonly data?: Readonly<Record<string, string>>
}

/** A token and the session behind it. The token is told once and kept nowhere. */
export type Issued = { readonly token: string; readonly session: Session }

/** Units of UTF-16 that are kept of what a program calls itself. */
const maxAgent = 512

/** Writes a session of its own token. Decides nothing. */
export async function startSession(ctx: Ctx, tx: Tx, input: NewSession): Promise<Issued> {
  const { kind, client, permanent } = input
  const lifetime: Lifetime = lifetimeOf(kind, ctx.limits, client, permanent)
  const id = await tx.sessions.takeId()
  const token = ctx.secrets.token()
  const session: Session = {
    id,
    kind,
    userId: input.userId,
    familyId: input.familyId ?? id,
    clientId: client?.id ?? null,
    createdAt: ctx.now,
    lastUsedAt: ctx.now,
    expireAt: ctx.now + lifetime.seconds * 1000,
    idleSeconds: lifetime.idleSeconds,
    userAgent: ctx.client.userAgent.slice(0, maxAgent).toWellFormed(),
    address: ctx.client.address,
    wipeAt: null,
    data: input.data ?? {},
  }
  await tx.sessions.insert(session, ctx.secrets.digest(token))
  return { token, session }
}

/** An access session and, where the client may have one, a refresh session of the same family. */
export async function startTokens(
  ctx: Ctx,
  tx: Tx,
  input: Omit<NewSession, 'kind'> & { readonly withRefresh: boolean },
): Promise<{ access: Issued; refresh?: Issued }> {
  const access = await startSession(ctx, tx, { ...input, kind: 'access' })
  if (!input.withRefresh) return { access }
  const { familyId } = access.session
  return { access, refresh: await startSession(ctx, tx, { ...input, kind: 'refresh', familyId }) }
}
