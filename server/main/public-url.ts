import type { App } from '../core/ctx.ts'
import { hostKey } from '../core/tenants/host-key.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import { tenantForHost } from '../core/tenants/tenant-for-host.ts'
import type { Config } from './config.ts'

type Address = Pick<Config, 'publicUrl' | 'publicUrlGiven'>

/** The address that the client used, unless one is configured: what is known before the tenant. */
export function addressOf(
  config: Address,
  request: { readonly host?: string; readonly protocol: string },
): string {
  if (config.publicUrlGiven) return config.publicUrl
  const host = request.host ?? ''
  return /^[\w.:[\]-]+$/.test(host) ? `${request.protocol}://${host}` : config.publicUrl
}

/**
 * Base of the links in answers to a request on `host`. A configured address is that of the default
 * tenant; any other tenant has its own host name there, by which it was found.
 */
export async function publicUrlOf(
  config: Address,
  app: App,
  tenant: Tenant,
  request: { readonly host: string; readonly publicUrl: string },
): Promise<string> {
  if (!config.publicUrlGiven) return request.publicUrl
  const name = hostKey(request.host)
  if (!name || (await tenantForHost(app, ''))?.id === tenant.id) return config.publicUrl
  const url = new URL(config.publicUrl)
  url.hostname = name
  return url.href.replace(/\/$/, '')
}
