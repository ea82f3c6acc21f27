import type { BlobStore } from './blobs/blob-store.ts'
import type { Hasher } from './blobs/hasher.ts'
import type { ImportSources } from './imports/import-source.ts'
import type { Mailer } from './mail/mailer.ts'
import type { PageMarks } from './nodes/page-marks.ts'
import type { Permissions, Roles } from './permissions/permission.ts'
import type { Previewer } from './previews/previewer.ts'
import type { Store, Tx } from './store.ts'
import type { Tenant } from './tenants/tenant.ts'
import type { Texter } from './texts/texter.ts'

/** Who acts. Decided by a face from what the request carries, through core/sessions. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: number; roles: Roles; sessionId: number }
  /** The holder of an export token: no account, one node's subtree, the granted permissions. */
  | { kind: 'export'; exportId: number; nodeId: number; permissions: Permissions }
  /** Somebody who entered a link: no account, what the link lets in, until `expireAt`. */
  | { kind: 'visitor'; linkId: number; nodeId: number; mark: string; expireAt: number }
  /** Background work and the command line. Never made from a request. */
  | { kind: 'system' }

/** Numbers with names in the configuration. Sizes in bytes, times in seconds. */
export type Limits = {
  readonly smallFileBytes: number
  readonly uploadBytes: number
  readonly uploadParts: number
  readonly uploadTtlSeconds: number
  readonly downloadTtlSeconds: number
  readonly blobGraceSeconds: number
  readonly bulkItems: number
  readonly archiveEntries: number
  /** People to whom one call may send mail, and mails that one user may cause before he pauses. */
  readonly mailRecipients: number
  readonly userMails: number
  /** Telephone numbers of one call, and messages of a purpose for one account a day. */
  readonly textRecipients: number
  readonly textsPerDay: number
  readonly openTasks: number
  readonly pathDepth: number
  readonly pageItems: number
  readonly valueBytes: number
  readonly valuesPerOwner: number
  /** What one user wrote to the administrators: texts that are kept, and characters of one. */
  readonly feedback: number
  readonly feedbackLength: number
  readonly loginFailures: number
  readonly loginLockSeconds: number
  readonly accessTokenSeconds: number
  readonly refreshTokenSeconds: number
  readonly cookieSessionSeconds: number
  /** A code that people type. */
  readonly codeSeconds: number
  /** A link that sets a new password. */
  readonly resetSeconds: number
  /** How long an account that was left can come back. */
  readonly leaveSeconds: number
  /** JSON that a user keeps with his account, each of details and settings. */
  readonly profileBytes: number
  /** Nodes below a home or folder that are listed at once. */
  readonly manifestItems: number
  /** Files and folders of one import. */
  readonly importItems: number
}

/** Random values, signatures and one-way forms. Keys never leave the adapter. */
export type Secrets = {
  /** URL-safe text of `bytes` random bytes (at least 16). */
  token(bytes?: number): string
  /** New random 32-digit hex key of a blob. */
  blobKey(): string
  /** One-way form of a token for storage and look-up (SHA-256, hex). */
  digest(token: string): string
  /** HMAC of `text` under the server's key for one purpose, URL-safe. */
  sign(purpose: string, text: string): string
  /** Constant-time check of `sign`. */
  verify(purpose: string, text: string, signature: string): boolean
  /** Reversible encryption under the server's key, for secrets that their owner may see again. */
  seal(text: string): string
  unseal(sealed: string): string
  hashPassword(password: string): Promise<string>
  /** Takes the same time whether or not `hash` is given. */
  checkPassword(password: string, hash: string | null): Promise<boolean>
}

export type Log = {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** What is the same for every request of a process. */
export type App = {
  readonly store: Store
  readonly blobs: BlobStore
  readonly hasher: Hasher
  readonly secrets: Secrets
  readonly limits: Limits
  readonly pageMarks: PageMarks
  readonly log: Log
  /** null where this installation sends no mail. */
  readonly mailer: Mailer | null
  /** null where this installation sends no text messages. */
  readonly texter: Texter | null
  /** null where this installation makes no previews. */
  readonly previewer: Previewer | null
  /** null where this installation takes nothing from others. */
  readonly imports: ImportSources | null
  /** Milliseconds since the epoch, UTC. */
  readonly clock: () => number
}

/** What one use case sees: the app, one tenant that cannot be changed, and the actor. */
export type Ctx = App & {
  readonly tenant: Tenant
  readonly actor: Actor
  readonly requestId: string
  readonly now: number
  readonly client: ClientFacts
  /** Reads outside a transaction. */
  read<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction; resolves when it is committed and flushed. Only statements inside. */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
}

export type ClientFacts = { readonly address: string; readonly userAgent: string }

const nobody: ClientFacts = { address: '', userAgent: '' }

/** Binds an app to a tenant and an actor for one use case. */
export function contextFor(
  app: App,
  tenant: Tenant,
  actor: Actor,
  requestId: string,
  client: ClientFacts = nobody,
): Ctx {
  return {
    ...app,
    tenant,
    actor,
    requestId,
    client,
    now: app.clock(),
    read: (fn) => app.store.read(tenant.id, fn),
    write: (fn) => app.store.write(tenant.id, fn),
  }
}
