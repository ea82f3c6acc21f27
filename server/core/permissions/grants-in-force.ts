import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Grant } from './access-store.ts'

/** What was given on a room and is not past its end. */
export async function grantsInForce(ctx: Ctx, tx: Tx, roomId: number): Promise<Grant[]> {
  return (await tx.access.grantsOf(roomId)).filter((grant) => !hasEnded(ctx, grant))
}

/** Whether something is past its end; without one it never is. */
export function hasEnded(ctx: Ctx, { expireAt }: { readonly expireAt: number | null }): boolean {
  return expireAt !== null && expireAt <= ctx.now
}

/** Until when what has two ends is held; null is never. */
export function laterEnd(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other)
}
