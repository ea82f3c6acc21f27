import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'

/** Counts the calls of stores in reads. */
export function counting(ctx: Ctx): { ctx: Ctx; calls: () => number } {
  let calls = 0
  const counted = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, member, receiver) => {
        if (member !== 'seekKey') calls += 1
        return Reflect.get(target, member, receiver)
      },
    })
  const wrapped = (tx: Tx): Tx =>
    new Proxy(tx, { get: (target, member: keyof Tx) => counted(target[member]) })
  return { ctx: { ...ctx, read: (fn) => ctx.read((tx) => fn(wrapped(tx))) }, calls: () => calls }
}
