import type { App } from '../../core/ctx.ts'
import { hostKey } from '../../core/tenants/host-key.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'

/** The tenant that answers on a host name; the default one for none. Throws an Error that tells. */
export async function tenantNamed({ store }: App, host: string | undefined): Promise<Tenant> {
  if (host === undefined) {
    const tenant = await store.tenants.findDefault()
    if (!tenant) throw new Error('there is no default tenant; name one with --tenant')
    return tenant
  }
  const tenant = await store.tenants.findByHost(hostKey(host) ?? '')
  if (!tenant) throw new Error(`no tenant answers on ${host}`)
  return tenant
}
