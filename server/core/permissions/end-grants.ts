import type { Ctx } from '../ctx.ts'
import type { Lease } from '../jobs/lease.ts'
import { dropStrangers } from '../shares/drop-strangers.ts'
import { revoke } from '../shares/revoke.ts'
import type { Tx } from '../store.ts'
import type { Grant } from './access-store.ts'
import { hasEnded } from './grants-in-force.ts'
import { putGrants } from './set-room-grants.ts'

/** The 'end-grants' job: takes away what is past its end in one room. */
export async function endGrantsJob(ctx: Ctx, lease: Lease): Promise<void> {
  await ctx.write(async (tx) => {
    await endGrants(ctx, tx, Number(lease.job.payload.room))
    await lease.finish(tx)
  })
}

/**
 * Takes away what is past its end everywhere, whether a job was queued for it or not; answers in
 * how many rooms.
 */
export async function sweepGrants(ctx: Ctx, step: () => Promise<void>): Promise<number> {
  let count = 0
  for (;;) {
    const ids = await ctx.read(async (tx) => [
      ...(await tx.access.roomsWithEnded(ctx.now)),
      ...(await tx.invitations.ended(ctx.now)).map(({ nodeId }) => nodeId),
    ])
    if (ids.length === 0) return count
    for (const id of new Set(ids)) {
      await ctx.write((tx) => endGrants(ctx, tx, id))
      count += 1
      await step()
    }
  }
}

/**
 * Grants of a room that are past their end go with all that followed from them, and so do open
 * invitations. They gave nothing any more, so that nobody's last administrator is lost.
 */
async function endGrants(ctx: Ctx, tx: Tx, roomId: number): Promise<void> {
  await tx.nodes.lockTree()
  const room = await tx.nodes.find(roomId)
  const invitations = await tx.invitations.ended(ctx.now, roomId)
  if (!room) {
    for (const { id } of invitations) await tx.invitations.remove(id)
    return dropStrangers(ctx, tx, invitations)
  }
  await revoke(ctx, tx, room, invitations)
  const over = (await tx.access.grantsOf(roomId)).filter((grant) => hasEnded(ctx, grant))
  if (over.length === 0) return
  const firstEnd = Math.min(...over.map(({ expireAt }) => expireAt ?? ctx.now))
  await putGrants(ctx, tx, room, over.map(nothing), firstEnd - 1)
}

const nothing = (grant: Grant): Grant => ({ ...grant, permissions: 0, expireAt: null })
