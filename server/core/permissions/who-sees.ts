import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import { has, READ } from './permission.ts'

/** Everybody to whom a room is shown now, by passage too. */
export async function whoSees(ctx: Ctx, tx: Tx, roomId: number): Promise<number[]> {
  const users = (await tx.access.usersOfMany([roomId], ctx.now)).get(roomId)
  return [...(users?.keys() ?? [])]
}

/** Everybody who may read in a room now. */
async function whoReads(ctx: Ctx, tx: Tx, roomId: number): Promise<Set<number>> {
  const users = (await tx.access.usersOfMany([roomId], ctx.now)).get(roomId) ?? []
  return new Set([...users].filter(([, bits]) => has(bits, READ)).map(([id]) => id))
}

/**
 * Runs a change of grants. Answers who could read in the room before and can no more, as far as
 * `isAsked`.
 */
export async function whoLoses(
  ctx: Ctx,
  tx: Tx,
  roomId: number,
  isAsked: boolean,
  change: () => Promise<void>,
): Promise<number[]> {
  const before = isAsked ? await whoReads(ctx, tx, roomId) : new Set<number>()
  await change()
  if (before.size === 0) return []
  const after = await whoReads(ctx, tx, roomId)
  return [...before].filter((id) => !after.has(id))
}
