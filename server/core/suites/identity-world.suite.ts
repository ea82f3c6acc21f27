import { memoryBlobs } from '../../adapters/blobs/memory.ts'
import { inlineHasher } from '../../adapters/hashing/inline.ts'
import { openSecrets } from '../../adapters/secrets/secrets.ts'
import { openStore } from '../../adapters/sql/open-store.ts'
import type { TestDatabases } from '../../adapters/sql/test-databases.ts'
import {
  type Actor,
  type App,
  type ClientFacts,
  type Ctx,
  contextFor,
  type Limits,
  type Secrets,
} from '../ctx.ts'
import type { Event } from '../event.ts'
import type { Mailer } from '../mail/mailer.ts'
import { memoryPageMarks } from '../nodes/memory-page-marks.ts'
import { ALL_ROLES, ROLE_USER, type Roles } from '../permissions/permission.ts'
import type { Client } from '../sessions/client-store.ts'
import { createTenant } from '../tenants/create-tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Texter } from '../texts/texter.ts'
import { createUser } from '../users/create-user.ts'
import { startOfTime } from './node-world.suite.ts'

export const limits: Limits = {
  smallFileBytes: 65_536,
  uploadBytes: 1e9,
  uploadParts: 10_000,
  uploadTtlSeconds: 3600,
  downloadTtlSeconds: 3600,
  blobGraceSeconds: 3600,
  bulkItems: 200,
  archiveEntries: 1000,
  mailRecipients: 100,
  userMails: 500,
  textRecipients: 3,
  textsPerDay: 5,
  openTasks: 5,
  pathDepth: 100,
  pageItems: 500,
  valueBytes: 65_536,
  valuesPerOwner: 100,
  feedback: 2,
  feedbackLength: 1000,
  loginFailures: 10,
  loginLockSeconds: 1800,
  accessTokenSeconds: 8 * 3600,
  refreshTokenSeconds: 30 * 86_400,
  cookieSessionSeconds: 30 * 86_400,
  codeSeconds: 600,
  resetSeconds: 3600,
  leaveSeconds: 30 * 86_400,
  profileBytes: 65_536,
  manifestItems: 10_000,
  importItems: 10_000,
}

const client: Omit<Client, 'id' | 'name'> = {
  isConfidential: false,
  isEnabled: true,
  isStandard: true,
  grantTypes: ['authorization_code', 'password', 'refresh_token'],
  redirectUris: ['/callback', 'http://127.0.0.1/done', 'app-scheme:oauth'],
  accessTokenSeconds: 8 * 3600,
  refreshTokenSeconds: 30 * 86_400,
  approvalSeconds: 86_400,
}

/** A public client with all grants but `implicit`, and one with nothing but codes. */
export const clients: readonly Client[] = [
  { ...client, id: 'scripts', name: 'Scripts' },
  { ...client, id: 'codes', name: 'Codes', grantTypes: ['authorization_code'] },
]

export const adminPassword = 'correct-horse-battery'

export type IdentityWorld = {
  readonly app: App
  readonly tenant: Tenant
  readonly adminId: number
  now(): number
  /** What the clock says from now on. */
  advance(seconds: number): void
  /** Somebody without a session, at this address. */
  stranger(address?: string): Ctx
  as(userId: number, roles?: Roles, sessionId?: number): Ctx
  asAdmin(): Ctx
  /** A user with the usual password, and another tenant when it is wanted. */
  addUser(userName: string): Promise<number>
  addTenant(name: string): Promise<{ tenant: Tenant; adminId: number }>
  events(): Promise<Event[]>
  stop(): Promise<void>
}

/** Real ones but for passwords, whose slowness is no matter of these tests. */
function quickSecrets(): Secrets {
  const secrets = openSecrets(new Uint8Array(32).fill(7))
  const hashOf = (password: string) => `quick ${secrets.digest(password)}`
  return {
    ...secrets,
    hashPassword: async (password) => hashOf(password),
    checkPassword: async (password, hash) => hashOf(password) === hash,
  }
}

/** A default tenant with its administrator on one engine. */
export async function identityWorld(
  databases: TestDatabases,
  options: { readonly mailer?: Mailer; readonly texter?: Texter } = {},
): Promise<IdentityWorld> {
  const database = await databases.create()
  const opened = await openStore({ url: database.url })
  let now = startOfTime
  const app: App = {
    store: opened.store,
    blobs: memoryBlobs(),
    hasher: inlineHasher(),
    secrets: quickSecrets(),
    limits,
    pageMarks: memoryPageMarks(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    mailer: options.mailer ?? null,
    texter: options.texter ?? null,
    previewer: null,
    imports: null,
    clock: () => now,
  }
  const admin = { userName: 'admin', password: adminPassword }
  const main = { name: 'Main', hosts: ['main.test'], isDefault: true, admin }
  const made = await createTenant(app, { ...main, standardClients: clients })
  if (!made) throw new Error('the tenant was not made')
  const { tenant, adminId } = made
  const context = (actor: Actor, client?: ClientFacts) =>
    contextFor(app, tenant, actor, 'test', client)
  const as = (userId: number, roles: Roles = ROLE_USER, sessionId = 0) =>
    context({ kind: 'user', userId, roles, sessionId })
  return {
    app,
    tenant,
    adminId,
    now: () => now,
    advance: (seconds) => {
      now += seconds * 1000
    },
    stranger: (address = '') => context({ kind: 'anonymous' }, { address, userAgent: 'test' }),
    as,
    asAdmin: () => as(adminId, ALL_ROLES),
    addUser: async (userName) => {
      const person = { userName, firstName: userName, lastName: 'Person', password: adminPassword }
      return (await createUser(as(adminId, ALL_ROLES), person)).user.id
    },
    addTenant: async (name) => {
      const other = { name, hosts: [`${name.toLowerCase()}.test`], isDefault: false, admin }
      const second = await createTenant(app, { ...other, standardClients: clients })
      if (!second) throw new Error('the tenant was not made')
      return second
    },
    events: () =>
      as(adminId).read((tx) => tx.events.page({}, { offset: 0, limit: 10_000, descending: false })),
    stop: async () => {
      await opened.close()
      await database.drop()
    },
  }
}
