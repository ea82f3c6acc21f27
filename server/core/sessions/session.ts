import type { User } from '../users/user.ts'

/**
 * `access`/`refresh`: OAuth tokens of one sign-in (same family). `code`: OAuth authorization code.
 * `login`: the token of an old login call. `token`: a header token of a device. `cookie`: a web
 * session.
 */
export type SessionKind = 'access' | 'refresh' | 'code' | 'login' | 'token' | 'cookie'

export type Session = {
  readonly id: number
  readonly kind: SessionKind
  readonly userId: number
  /** Sessions that end together: what came out of one sign-in. */
  readonly familyId: number
  readonly clientId: string | null
  readonly createdAt: number
  readonly lastUsedAt: number
  /** Hard end. */
  readonly expireAt: number
  /** Ends too when unused for so long; 0 for no idle limit. Seconds. */
  readonly idleSeconds: number
  readonly userAgent: string
  readonly address: string
  /** An administrator asked the device to wipe itself, then; null: nobody did. */
  readonly wipeAt: number | null
  /** Code sessions: redirect URI and PKCE challenge; device description. */
  readonly data: Readonly<Record<string, string>>
}

export type SignedIn = { readonly session: Session; readonly user: User }
