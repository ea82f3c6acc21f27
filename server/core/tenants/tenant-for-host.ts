import type { App } from '../ctx.ts'
import { hostKey } from './host-key.ts'
import type { Tenant } from './tenant.ts'
import type { TenantStore } from './tenant-store.ts'

/** How long an answer is used again: a change of a tenant takes effect within this time. */
const keepMs = 3000
/** Host names come from outside: so many are remembered at most. */
const keepHosts = 1000

type Kept = { readonly tenant: Tenant | undefined; readonly until: number }

const caches = new WeakMap<TenantStore, Map<string, Kept>>()

/**
 * The tenant that answers on a host name (with or without a port, in any case): the one that claims
 * it, else the default; undefined when there is neither.
 */
export async function tenantForHost(app: App, host: string): Promise<Tenant | undefined> {
  const key = hostKey(host) ?? ''
  const cache = cacheOf(app.store.tenants)
  const now = app.clock()
  const kept = cache.get(key)
  if (kept && kept.until > now && kept.until <= now + keepMs) return kept.tenant
  const claimed = key === '' ? undefined : await app.store.tenants.findByHost(key)
  const tenant = claimed ?? (await app.store.tenants.findDefault())
  if (cache.size >= keepHosts) cache.clear()
  // A new installation gets its tenant in a moment: nothing found is not remembered.
  if (tenant) cache.set(key, { tenant, until: now + keepMs })
  return tenant
}

function cacheOf(store: TenantStore): Map<string, Kept> {
  const cache = caches.get(store) ?? new Map<string, Kept>()
  caches.set(store, cache)
  return cache
}
