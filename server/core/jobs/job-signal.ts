import type { Store } from '../store.ts'

type Listener = (tenantId: number) => void

const listeners = new WeakMap<Store, Set<Listener>>()

/**
 * Calls `listener` when this process has committed a job, so that nobody waits for the next look at
 * the queue. Answers the function that ends it. Jobs of other processes are found by looking.
 */
export function onJobQueued(app: { readonly store: Store }, listener: Listener): () => void {
  const all = listeners.get(app.store) ?? new Set()
  listeners.set(app.store, all)
  all.add(listener)
  return () => all.delete(listener)
}

/** Called by the store after it has committed a job. */
export function tellJobQueued(store: Store, tenantId: number): void {
  for (const listener of listeners.get(store) ?? []) listener(tenantId)
}
