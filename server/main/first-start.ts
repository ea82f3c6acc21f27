import { randomBytes } from 'node:crypto'
import type { App } from '../core/ctx.ts'
import { createTenant } from '../core/tenants/create-tenant.ts'
import { standardClients } from '../faces/dracoon/standard-clients.ts'
import type { Config } from './config.ts'

export type FirstAdmin = { readonly login: string; readonly password: string }

/**
 * Makes the default tenant and its administrator where there is no tenant yet; answers with the
 * login to print, or undefined when the installation is not new. Of several processes that start
 * at once one makes it.
 */
export async function firstStart(app: App, config: Config): Promise<FirstAdmin | undefined> {
  if (await app.store.tenants.findDefault()) return undefined
  const password = config.admin.password ?? randomBytes(12).toString('base64url')
  const made = await createTenant(app, {
    name: 'Strongroom',
    hosts: [],
    isDefault: true,
    quota: config.limits.tenantQuotaBytes ?? null,
    admin: { userName: config.admin.login, password },
    standardClients,
  })
  return made ? { login: config.admin.login, password } : undefined
}
