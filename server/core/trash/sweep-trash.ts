import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import { purgeUntil } from './empty-trash.ts'

const page = 200
const dayMs = 86_400_000

/**
 * Removes for good what has lain in the trash of a room for longer than the room keeps it; rooms
 * that keep for ever are not looked at. Answers how many entries went.
 */
export async function sweepTrash(ctx: Ctx, step: () => Promise<void>): Promise<number> {
  let removed = 0
  for (let after = 0; ; ) {
    const from = after
    const rooms = await ctx.read((tx) => tx.trash.roomsWithEnd(from, page))
    for (const room of rooms) removed += await sweepRoom(ctx, room, step)
    if (rooms.length < page) return removed
    after = rooms.at(-1)!.id
  }
}

async function sweepRoom(ctx: Ctx, { id }: Node, step: () => Promise<void>): Promise<number> {
  let removed = 0
  for (;;) {
    // Looking costs no commit; most looks find nothing.
    const some = await ctx.read(async (tx) => {
      const room = await tx.nodes.find(id)
      const at = room && endOf(ctx, room)
      return at === undefined ? 0 : (await tx.trash.until(id, at, 1)).length
    })
    if (some === 0) return removed
    const gone = await ctx.write(async (tx) => {
      const [room] = await tx.nodes.lock([id], 'stay')
      const at = room && endOf(ctx, room)
      return at === undefined ? 0 : purgeUntil(ctx, tx, id, at)
    })
    removed += gone
    await step()
    if (gone === 0) return removed
  }
}

/** What came into the trash at this time or before is past its keep. */
function endOf(ctx: Ctx, { room }: Node): number | undefined {
  const days = room?.trashDays ?? 0
  return days > 0 ? ctx.now - days * dayMs : undefined
}
