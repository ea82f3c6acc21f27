import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Event } from '../event.ts'
import type { Node } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

/** Files that others brought into a room since the user looked. */
export type News = {
  readonly room: Node
  readonly count: number
  /** The newest of them. */
  readonly last: Event
  readonly author: Person
}

/** What is new for who is signed in, a row a room, the latest first. */
export async function ownNews(ctx: Ctx): Promise<News[]> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const unseen = await tx.news.unseen(userId, ctx.now)
    const rooms = new Map(
      (await tx.nodes.findMany(unseen.map(({ roomId }) => roomId))).map((room) => [room.id, room]),
    )
    const events = new Map(
      (await tx.events.findMany(unseen.map(({ lastEventId }) => lastEventId))).map((event) => [
        event.id,
        event,
      ]),
    )
    const authors = [...events.values()].flatMap(({ actorId }) => actorId ?? [])
    const people = await tx.users.people([...new Set(authors)])
    return unseen.flatMap(({ roomId, count, lastEventId }) => {
      const [room, last] = [rooms.get(roomId), events.get(lastEventId)]
      return room && last ? [{ room, count, last, author: personOf(people, last.actorId) }] : []
    })
  })
}

/**
 * Notes that who is signed in has seen what is new: in one room, which he must see ('not-found'
 * 'node'), or everywhere.
 */
export async function markNewsSeen(
  ctx: Ctx,
  { roomId }: { readonly roomId: number | null },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    if (roomId !== null) {
      const { permissions } = await visible(ctx, tx, { id: roomId }, 'room')
      permit(permissions, READ, 'room')
    }
    await tx.news.markSeen(userId, roomId)
  })
}
