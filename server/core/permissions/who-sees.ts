import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import { has, READ } from './permission.ts'

/** Everybody to whom a room is shown now, by passage too. */
export async function whoSees(ctx: Ctx, tx: Tx, roomId: number): Promise<number[]> {
  const users = (await tx.access.usersOfMany([roomId], ctx.now)).get(roomId)
  return [...(users?.keys() ?? [])]
}

/** Everybody who may read in a room at a time. */
async function whoReads(tx: Tx, roomId: number, at: number): Promise<Set<number>> {
  const users = (await tx.access.usersOfMany([roomId], at)).get(roomId) ?? []
  return new Set([...users].filter(([, bits]) => has(bits, READ)).map(([id]) => id))
}

/**
 * Runs a change of grants. Answers who could read in the room at `heldAt` (null: nobody is asked
 * for) and can no more.
 */
export async function whoLoses(
  ctx: Ctx,
  tx: Tx,
  roomId: number,
  heldAt: number | null,
  change: () => Promise<void>,
): Promise<number[]> {
  const before = heldAt === null ? new Set<number>() : await whoReads(tx, roomId, heldAt)
  await change()
  if (before.size === 0) return []
  const after = await whoReads(tx, roomId, ctx.now)
  return [...before].filter((id) => !after.has(id))
}
