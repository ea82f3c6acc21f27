import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { Grant } from './access-store.ts'
import { type GrantInput, sameSubject } from './grant-facts.ts'

/** The rooms above whose grants hold here, the nearest first; none where nothing is inherited. */
export async function sourcesAbove(tx: Tx, room: Node): Promise<Node[]> {
  const sources: Node[] = []
  if (!room.room?.inherit) return sources
  const line = (await tx.nodes.ancestors(room.id)).filter(({ kind }) => kind === 'room')
  for (const above of line.reverse()) {
    sources.push(above)
    if (!above.room?.inherit) break
  }
  return sources
}

/** Grants in force on the rooms above that hold here. */
export async function grantsAbove(ctx: Ctx, tx: Tx, room: Node): Promise<Grant[]> {
  const grants: Grant[] = []
  for (const { id } of await sourcesAbove(tx, room)) {
    for (const grant of await tx.access.grantsOf(id)) {
      if (grant.expireAt === null || grant.expireAt > ctx.now) grants.push(grant)
    }
  }
  return grants
}

/**
 * What each user and group holds here by grants on rooms above, beside its own, as a grant of its
 * own: what lasts, or if nothing does, everything until the first of its ends.
 */
export function takenOver(above: readonly Grant[], own: readonly Grant[]): GrantInput[] {
  const subjects = above.filter(
    (grant, at) => above.findIndex((other) => sameSubject(grant, other)) === at,
  )
  return subjects.map((subject) => {
    const all = [...own, ...above].filter((grant) => sameSubject(grant, subject))
    const lasting = all.filter(({ expireAt }) => expireAt === null)
    const counted = lasting.length > 0 ? lasting : all
    const permissions = counted.reduce((held, grant) => held | grant.permissions, 0)
    const ends = counted.flatMap(({ expireAt }) => (expireAt === null ? [] : [expireAt]))
    const terms = { permissions, expireAt: ends.length > 0 ? Math.min(...ends) : null }
    if (subject.groupId === undefined) return { ...terms, userId: subject.userId }
    const admits = all.every((grant) => grant.groupId === undefined || grant.admits)
    return { ...terms, groupId: subject.groupId, admits }
  })
}

/** Who was not let in above by any grant of a group that is taken over waits here as well. */
export async function takeOverWaiting(
  tx: Tx,
  roomId: number,
  above: readonly Grant[],
): Promise<void> {
  const groups = new Set(above.flatMap(({ groupId }) => (groupId === undefined ? [] : [groupId])))
  for (const groupId of groups) {
    const held = above.filter((grant) => grant.groupId === groupId)
    const lists = await Promise.all(held.map((grant) => tx.admissions.of(grant.roomId, groupId)))
    const [first = [], ...others] = lists
    const everywhere = first.filter(({ userId }) =>
      others.every((list) => list.some((other) => other.userId === userId)),
    )
    await tx.admissions.insert(everywhere.map((each) => ({ ...each, roomId })))
  }
}
