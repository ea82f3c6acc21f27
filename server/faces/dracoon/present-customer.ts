import type { Tenant } from '../../core/tenants/tenant.ts'
import type { TenantUsage } from '../../core/tenants/tenant-usage.ts'
import type { CustomerData } from './generated/shapes.ts'
import { customerId } from './ids.ts'

/** Stand for "no limit" where the wire has no word for it. */
const endlessBytes = Number.MAX_SAFE_INTEGER
const endlessAccounts = 2_147_483_647

/** The own tenant as its users see it. */
export function presentCustomer(tenant: Tenant, usage: TenantUsage): CustomerData {
  return {
    id: customerId(tenant.id),
    name: tenant.name,
    isProviderCustomer: true,
    customerEncryptionEnabled: usage.isEncryptionEnabled,
    spaceLimit: tenant.quota ?? endlessBytes,
    spaceUsed: usage.usedBytes,
    accountsLimit: tenant.maxUsers ?? endlessAccounts,
    accountsUsed: usage.users,
    cntInternalUser: usage.users,
    cntGuestUser: 0,
  }
}
