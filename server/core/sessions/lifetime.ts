import type { Limits } from '../ctx.ts'
import type { Client } from './client-store.ts'
import type { Session, SessionKind } from './session.ts'

/** Seconds from the start to the hard end, and of disuse after which it ends too (0: none). */
export type Lifetime = { readonly seconds: number; readonly idleSeconds: number }

/** A code is exchanged at once by programs; people who copy it by hand get some minutes. */
export const codeSeconds = 300
const accessIdleSeconds = 2 * 3600
const cookieIdleSeconds = 7 * 86_400
/** Sessions without an end: 100 years. */
const permanentSeconds = 100 * 365 * 86_400

/** Whether a session was made without an end. */
export function isPermanent({
  createdAt,
  expireAt,
}: Pick<Session, 'createdAt' | 'expireAt'>): boolean {
  return expireAt - createdAt >= permanentSeconds * 1000
}

/** How long sessions of a kind last; a client's own numbers come before the installation's. */
export function lifetimeOf(
  kind: SessionKind,
  limits: Limits,
  client: Client | undefined,
  permanent = false,
): Lifetime {
  switch (kind) {
    case 'access': {
      const seconds = client?.accessTokenSeconds ?? limits.accessTokenSeconds
      return { seconds, idleSeconds: Math.min(seconds, accessIdleSeconds) }
    }
    case 'refresh':
      return {
        seconds: client?.refreshTokenSeconds ?? limits.refreshTokenSeconds,
        idleSeconds: 0,
      }
    case 'code':
      return { seconds: codeSeconds, idleSeconds: 0 }
    case 'login':
      return { seconds: limits.cookieSessionSeconds, idleSeconds: accessIdleSeconds }
    case 'token':
      if (permanent) return { seconds: permanentSeconds, idleSeconds: 0 }
      return { seconds: limits.cookieSessionSeconds, idleSeconds: 0 }
    case 'cookie':
      return { seconds: limits.cookieSessionSeconds, idleSeconds: cookieIdleSeconds }
  }
}
