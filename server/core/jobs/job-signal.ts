import type { Store } from '../store.ts'

/** null: of any tenant, or of several. */
type Listener = (tenantId: number | null) => void

const listeners = new WeakMap<Store, Set<Listener>>()

/**
 * Calls `listener` when this process has committed a job or is told so by another one, so that
 * nobody waits for the next look at the queue. Answers the function that ends it. Where others are
 * not heard (`Store.hearsOthers`) their jobs are found by looking.
 */
export function onJobQueued(app: { readonly store: Store }, listener: Listener): () => void {
  const all = listeners.get(app.store) ?? new Set()
  listeners.set(app.store, all)
  all.add(listener)
  return () => all.delete(listener)
}

/** Called by the store after it has committed a job, or heard of another's. */
export function tellJobQueued(store: Store, tenantId: number | null): void {
  for (const listener of listeners.get(store) ?? []) listener(tenantId)
}
