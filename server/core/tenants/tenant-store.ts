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
  /**
   * Keeps every object of the byte store from being removed until then (ms), for a backup that
   * copies what its snapshot refers to. `name` is the holder's own; a later call prolongs it.
   */
  holdObjects(name: string, until: number): Promise<void>
  releaseObjects(name: string): Promise<void>
  objectsHeld(now: number): Promise<boolean>
  /** Quick statement for the readiness check. */
  ping(): Promise<void>
}
