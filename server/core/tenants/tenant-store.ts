import type { Tenant } from './tenant.ts'

export type ReachableSegment = { readonly key: string; readonly size: number }

/** What is not bound to one tenant. Faces reach it only through core/tenants. */
export type TenantStore = {
  findByHost(host: string): Promise<Tenant | undefined>
  /** The one that answers on host names nobody claims; undefined when there is none. */
  findDefault(): Promise<Tenant | undefined>
  find(id: number): Promise<Tenant | undefined>
  all(): Promise<Tenant[]>
  takeId(): Promise<number>
  insert(tenant: Tenant, isDefault: boolean): Promise<void>
  addHost(tenantId: number, host: string): Promise<void>
  setHomes(tenantId: number, homesId: number): Promise<void>
  /** Which of these keys of the byte store some blob or open upload of any tenant refers to. */
  reachable(keys: readonly string[]): Promise<Set<string>>
  /** All segments that must be in the byte store, by key; for fsck and backup. */
  segments(afterKey: string, limit: number): Promise<ReachableSegment[]>
  /** Quick statement for the readiness check. */
  ping(): Promise<void>
}
