import type { Tx } from '../store.ts'

/**
 * Queues that what is past its end in a room is taken away then, one job for each time. The job
 * looks at what is there: what was given anew has another end, and a job of its own.
 */
export async function queueEnds(
  tx: Tx,
  roomId: number,
  ends: readonly (number | null)[],
): Promise<void> {
  for (const end of new Set(ends)) {
    if (end === null) continue
    await tx.jobs.enqueue('end-grants', { room: roomId }, end, `grant-end:${roomId}:${end}`)
  }
}
