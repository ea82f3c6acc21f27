import type { Store } from '../store.ts'

type Listener = (tenantId: number) => void

const listeners = new WeakMap<Store, Set<Listener>>()

/**
 * Calls `listener` when this process has committed events of a tenant. Answers the function that
 * ends it. Events of other processes are found by looking.
 */
export function onEvents(app: { readonly store: Store }, listener: Listener): () => void {
  const all = listeners.get(app.store) ?? new Set()
  listeners.set(app.store, all)
  all.add(listener)
  return () => all.delete(listener)
}

/** Called by the store after it has committed events. */
export function tellEvents(store: Store, tenantId: number): void {
  for (const listener of listeners.get(store) ?? []) listener(tenantId)
}
