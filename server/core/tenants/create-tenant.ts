import { uuidOf } from '../../lib/bytes/uuid-of.ts'
import { checkLine } from '../../lib/names/plain-line.ts'
import { type App, contextFor } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import { insertRoom } from '../nodes/insert-room.ts'
import { ALL_ROLES } from '../permissions/permission.ts'
import type { Client } from '../sessions/client-store.ts'
import { defaultSettings } from '../settings/settings.ts'
import { openAccount } from '../users/open-account.ts'
import { checkNewPassword, passwordForm } from '../users/password-policy.ts'
import { checkUserFields } from '../users/user-fields.ts'
import { hostKey } from './host-key.ts'
import type { Tenant } from './tenant.ts'

export type CreateTenant = {
  readonly name: string
  /** Host names on which it answers. */
  readonly hosts: readonly string[]
  /** It answers on all host names that nobody claims; there is one such tenant. */
  readonly isDefault: boolean
  readonly admin: {
    readonly userName: string
    readonly password: string
    readonly firstName?: string
    readonly lastName?: string
    readonly email?: string | null
  }
  /** Programs that may sign users in from the start; those without a secret of their own. */
  readonly standardClients?: readonly Client[]
  readonly quota?: number | null
  readonly maxUsers?: number | null
  readonly language?: string
}

export type CreatedTenant = { readonly tenant: Tenant; readonly adminId: number }

/** The name of the room in which the homes of the users lie. */
export const homesName = 'Homes'

/**
 * Makes an organisation with its room of homes, its first administrator and its clients. It can be
 * found only when all of that is there; a crash before leaves rows that nobody reaches. Undefined
 * when it should be the default and there is one already. Faults: 'invalid' 'tenant' or 'user',
 * 'exists' 'tenant' for a host name that another tenant has.
 */
export async function createTenant(
  app: App,
  input: CreateTenant,
): Promise<CreatedTenant | undefined> {
  const hosts = checkedHosts(input.hosts)
  checkTenant(input)
  const { tenants } = app.store
  if (input.isDefault && (await tenants.findDefault())) return undefined
  for (const host of hosts) if (await tenants.findByHost(host)) taken(host)
  const draft = await draftTenant(app, input)
  const { homesId, adminId } = await furnish(app, draft, input)
  const tenant = { ...draft, homesId }
  try {
    await tenants.insert(tenant, input.isDefault)
  } catch (error) {
    // Another process was first.
    if (input.isDefault && isFault(error, 'exists')) return undefined
    throw error
  }
  for (const host of hosts) await tenants.addHost(tenant.id, host)
  return { tenant, adminId }
}

async function draftTenant(app: App, input: CreateTenant): Promise<Tenant> {
  return {
    id: await app.store.tenants.takeId(),
    uuid: uuidOf(app.secrets.blobKey()),
    name: input.name,
    createdAt: app.clock(),
    isLocked: false,
    quota: input.quota ?? null,
    maxUsers: input.maxUsers ?? null,
    homesId: 0,
    language: input.language ?? 'en',
    settings: defaultSettings,
  }
}

/** Room of homes, administrator and clients, in one transaction. */
async function furnish(app: App, draft: Tenant, { admin, standardClients = [] }: CreateTenant) {
  const bare = contextFor(app, draft, { kind: 'system' }, 'create-tenant')
  const account = {
    userName: admin.userName,
    firstName: admin.firstName ?? '',
    lastName: admin.lastName ?? '',
    email: admin.email ?? null,
    phone: null,
    language: draft.language,
    expireAt: null,
    mustChangePassword: false,
    roles: ALL_ROLES,
  }
  checkUserFields(bare, account)
  checkNewPassword(admin.password, admin.userName)
  const hash = await app.secrets.hashPassword(passwordForm(admin.password))
  return bare.write(async (tx) => {
    await tx.nodes.lockTree()
    const room = { parent: null, name: homesName, inherit: false, admins: [] }
    const homes = await insertRoom(bare, tx, room)
    const ctx = { ...bare, tenant: { ...draft, homesId: homes.id } }
    const user = await openAccount(ctx, tx, account, hash)
    for (const client of standardClients) await tx.clients.insert(client, null)
    return { homesId: homes.id, adminId: user.id }
  })
}

function checkTenant({ name, language, quota, maxUsers }: CreateTenant): void {
  const rule = checkLine(name, 150, true)
  if (rule) refuse('name', rule)
  for (const [field, value] of Object.entries({ quota, maxUsers })) {
    if (value === undefined || value === null) continue
    if (!Number.isSafeInteger(value) || value < 0) refuse(field, 'range')
  }
  if (language !== undefined && !/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language)) {
    refuse('language', 'form')
  }
}

function checkedHosts(hosts: readonly string[]): string[] {
  return hosts.map((host) => {
    const key = hostKey(host)
    return key !== undefined && key !== '' ? key : refuse('hosts', 'form')
  })
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'tenant', undefined, { field, rule })
}

function taken(host: string): never {
  return fault('exists', 'tenant', undefined, { host })
}
