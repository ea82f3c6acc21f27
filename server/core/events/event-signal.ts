import type { Store } from '../store.ts'

/** null: of any tenant, or of several. */
type Listener = (tenantId: number | null) => void

const listeners = new WeakMap<Store, Set<Listener>>()

/**
 * Calls `listener` when events of a tenant may be there to read: this process has committed some,
 * or is told so by another one. Answers the function that ends it. Where others are not heard
 * (`Store.hearsOthers`) their events are found by looking.
 */
export function onEvents(app: { readonly store: Store }, listener: Listener): () => void {
  const all = listeners.get(app.store) ?? new Set()
  listeners.set(app.store, all)
  all.add(listener)
  return () => all.delete(listener)
}

/** Called by the store after it has committed events, or heard of others'. */
export function tellEvents(store: Store, tenantId: number | null): void {
  for (const listener of listeners.get(store) ?? []) listener(tenantId)
}
