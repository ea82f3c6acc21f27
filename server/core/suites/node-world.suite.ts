import { memoryBlobs } from '../../adapters/blobs/memory.ts'
import { inlineHasher } from '../../adapters/hashing/inline.ts'
import { openSecrets } from '../../adapters/secrets/secrets.ts'
import { openStore } from '../../adapters/sql/open-store.ts'
import type { TestDatabases } from '../../adapters/sql/test-databases.ts'
import { type Actor, type App, type Ctx, contextFor, type Limits } from '../ctx.ts'
import type { Event } from '../event.ts'
import { type Fault, isFault } from '../fault.ts'
import { insertRoom } from '../nodes/insert-room.ts'
import { memoryPageMarks } from '../nodes/memory-page-marks.ts'
import { ALL_ROLES, ROLE_USER } from '../permissions/permission.ts'
import { defaultSettings } from '../settings/settings.ts'
import type { Tenant } from '../tenants/tenant.ts'

const limits: Limits = {
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
  loginFailures: 5,
  loginLockSeconds: 60,
  accessTokenSeconds: 3600,
  refreshTokenSeconds: 3600,
  cookieSessionSeconds: 3600,
  codeSeconds: 600,
  resetSeconds: 3600,
  leaveSeconds: 30 * 86_400,
  profileBytes: 65_536,
  manifestItems: 10_000,
  importItems: 10_000,
}

export type NodeWorld = {
  readonly app: App
  readonly tenant: Tenant
  /** Manages rooms; `ann` and `bob` are ordinary users. */
  readonly ids: { readonly admin: number; readonly ann: number; readonly bob: number }
  /** What the clock says to the next contexts. */
  setNow(now: number): void
  as(who: 'admin' | 'ann' | 'bob'): Ctx
  asSystem(): Ctx
  /** Writes a file with its version and counters, as a completed upload does. */
  addFile(parentId: number, name: string, facts?: FileFacts): Promise<number>
  events(): Promise<Event[]>
  /** For another process on the same database. */
  readonly databaseUrl: string
  stop(): Promise<void>
}

export type FileFacts = { readonly size?: number; readonly expireAt?: number }

export const startOfTime = 1_700_000_000_000

/** A tenant with three users and their homes on one engine, and nothing else. */
export async function nodeWorld(databases: TestDatabases): Promise<NodeWorld> {
  const database = await databases.create()
  const opened = await openStore({ url: database.url })
  let now = startOfTime
  const app: App = {
    store: opened.store,
    blobs: memoryBlobs(),
    hasher: inlineHasher(),
    secrets: openSecrets(new Uint8Array(32).fill(7)),
    limits,
    pageMarks: memoryPageMarks(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    mailer: null,
    texter: null,
    previewer: null,
    imports: null,
    clock: () => now,
  }
  const tenant = await makeTenant(app)
  const ids = await makeUsers(app, tenant)
  const contextOf = (actor: Actor) => contextFor(app, tenant, actor, 'test')
  const system = () => contextOf({ kind: 'system' })
  return {
    app,
    tenant,
    ids,
    setNow: (time) => {
      now = time
    },
    as: (who) => {
      const roles = who === 'admin' ? ALL_ROLES : ROLE_USER
      return contextOf({ kind: 'user', userId: ids[who], roles, sessionId: 1 })
    },
    asSystem: system,
    addFile: (parentId, name, facts = {}) => addFile(system(), parentId, name, facts),
    events: () =>
      system().read((tx) => tx.events.page({}, { offset: 0, limit: 10_000, descending: false })),
    databaseUrl: database.url,
    stop: async () => {
      await opened.close()
      await database.drop()
    },
  }
}

async function makeTenant(app: App): Promise<Tenant> {
  const id = await app.store.tenants.takeId()
  const tenant: Tenant = {
    id,
    uuid: '00000000-0000-4000-8000-000000000001',
    name: 'Test',
    createdAt: startOfTime,
    isLocked: false,
    quota: null,
    maxUsers: null,
    homesId: 0,
    language: 'en',
    settings: defaultSettings,
  }
  await app.store.tenants.insert(tenant, true)
  const ctx = contextFor(app, tenant, { kind: 'system' }, 'test')
  const homes = await ctx.write((tx) =>
    insertRoom(ctx, tx, { parent: null, name: 'Homes', inherit: false, admins: [] }),
  )
  await app.store.tenants.setHomes(id, homes.id)
  return { ...tenant, homesId: homes.id }
}

async function makeUsers(app: App, tenant: Tenant) {
  const ctx = contextFor(app, tenant, { kind: 'system' }, 'test')
  const make = (userName: string) =>
    ctx.write(async (tx) => {
      await tx.nodes.lockTree()
      const id = await tx.users.takeId()
      const parent = (await tx.nodes.find(tenant.homesId)) ?? null
      await tx.users.insert(
        {
          id,
          userName,
          firstName: userName,
          lastName: 'Test',
          email: `${userName}@example.test`,
          phone: null,
          language: 'en',
          isLocked: false,
          expireAt: null,
          mustChangePassword: false,
          agreedAt: null,
          avatar: null,
          homeId: 0,
          roles: ROLE_USER,
          createdAt: ctx.now,
          lastLoginAt: null,
          lastFailureAt: null,
          profile: {},
        },
        null,
      )
      const room = { parent, name: userName, inherit: false, admins: [id], homeOf: id }
      await insertRoom(ctx, tx, room)
      return id
    })
  return { admin: await make('admin'), ann: await make('ann'), bob: await make('bob') }
}

async function addFile(
  ctx: Ctx,
  parentId: number,
  name: string,
  { size = 10, expireAt }: FileFacts,
): Promise<number> {
  return ctx.write(async (tx) => {
    const [parent] = await tx.nodes.lock([parentId], 'stay')
    if (!parent) throw new Error(`no container ${parentId}`)
    const id = await tx.nodes.takeIds(1)
    const content = {
      versionId: id,
      blobId: id.toString(16).padStart(32, '0'),
      size,
      md5: null,
      sha256: null,
      mediaType: 'text/plain',
    }
    await tx.nodes.insert({
      id,
      parentId,
      kind: 'file',
      name,
      boundaryId: parent.boundaryId,
      currentId: id,
      homeOf: null,
      targetId: null,
      createdAt: ctx.now,
      createdBy: null,
      updatedAt: ctx.now,
      updatedBy: null,
      clientCreatedAt: null,
      clientModifiedAt: null,
      notes: null,
      classification: null,
      expireAt: expireAt ?? null,
      content,
      room: null,
      encryptedBy: null,
    })
    const { blobId, md5, sha256 } = content
    const blob = { id: blobId, size, md5, sha256, createdAt: ctx.now }
    await tx.blobs.insertSmall(blob, new Uint8Array(size))
    await tx.nodes.insertVersion({
      id,
      nodeId: id,
      content,
      createdAt: ctx.now,
      createdBy: null,
      supersededAt: null,
    })
    const above = await tx.nodes.ancestors(parentId)
    const ancestorIds = [...above.map((node) => node.id), parentId]
    await tx.tallies.apply({ ancestorIds, parentId, files: 1, size, at: ctx.now })
    await tx.tallies.book(size)
    return id
  })
}

/** The fault of a promise, as 'code subject role'; fails when it resolves. */
export async function faultOf(work: Promise<unknown>): Promise<string> {
  return nameOf(await thrown(work))
}

export async function thrown(work: Promise<unknown>): Promise<Fault> {
  try {
    await work
  } catch (error) {
    if (isFault(error)) return error
    throw error
  }
  throw new Error('no fault')
}

function nameOf({ code, subject, role }: Fault): string {
  return [code, subject, role].filter(Boolean).join(' ')
}
