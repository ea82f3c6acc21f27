import type { Ctx } from '../ctx.ts'
import type { Store } from '../store.ts'
import type { UploadRef } from './upload.ts'

/** Who is last in the queue of an upload, by store and reference. */
const turns = new WeakMap<Store, Map<string, Promise<void>>>()

/**
 * Runs `work` when what came before for the same upload in this process is over, in the order of
 * arrival. A client names an upload in one way; between two ways, and between processes, the
 * upload's row decides.
 */
export async function inTurn<T>(ctx: Ctx, ref: UploadRef, work: () => Promise<T>): Promise<T> {
  const queues = turns.get(ctx.store) ?? new Map<string, Promise<void>>()
  turns.set(ctx.store, queues)
  const key = `${ctx.tenant.id}:${'token' in ref ? ctx.secrets.digest(ref.token) : ref.id}`
  const before = queues.get(key)
  let over: () => void = () => {}
  const mine = new Promise<void>((resolve) => {
    over = resolve
  })
  queues.set(key, mine)
  try {
    await before
    return await work()
  } finally {
    over()
    if (queues.get(key) === mine) queues.delete(key)
  }
}
