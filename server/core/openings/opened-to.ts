import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Link } from '../links/link.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView } from '../nodes/node.ts'
import type { Holding } from '../permissions/access-store.ts'
import { hasEnded, laterEnd } from '../permissions/grants-in-force.ts'
import { MANAGE, type Permissions } from '../permissions/permission.ts'
import { permit } from '../permissions/visible.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

/** One thing that opens a node to others. */
export type Opening = {
  readonly view: NodeView
  /** null: without end. */
  readonly expireAt: number | null
} & (
  | { readonly by: 'link'; readonly link: Link; readonly token: string }
  | {
      /** What was given to somebody on this very node, or is offered to him. */
      readonly by: 'grant' | 'invitation'
      /** null: whoever has the invitation. */
      readonly person: Person | null
      readonly permissions: Permissions
      readonly message: string
    }
)

/**
 * What opens nodes to others than the actor and the user whose home they are: links of both kinds
 * that are not past their end, open invitations, and what people hold by grants on the nodes
 * themselves, also by groups; node by node in their order. Needs MANAGE on all of them. Faults:
 * 'not-found' and 'forbidden' 'node', 'too-many' 'node' above `limits.bulkItems`.
 */
export async function openedTo(
  ctx: Ctx,
  { nodes }: { readonly nodes: readonly NodeRef[] },
): Promise<Opening[]> {
  actingUser(ctx)
  if (nodes.length > ctx.limits.bulkItems) fault('too-many', 'node')
  return ctx.read(async (tx) => {
    const seen = await visibleMany(ctx, tx, nodes)
    for (const { permissions } of seen) permit(permissions, MANAGE)
    return openingsOf(
      ctx,
      tx,
      seen.map(({ node }) => node),
    )
  })
}

/** The same for nodes of which that was checked, in a constant number of statements. */
export async function openingsOf(ctx: Ctx, tx: Tx, nodes: readonly Node[]): Promise<Opening[]> {
  const ids = nodes.map(({ id }) => id)
  const rooms = nodes.filter(({ kind }) => kind === 'room')
  const roomIds = rooms.map(({ id }) => id)
  const links = (await tx.links.ofNodes(ids)).filter((link) => !hasEnded(ctx, link))
  const invitations = (await tx.invitations.ofNodes(roomIds, ctx.now)).filter(
    ({ kind }) => kind === 'invitation',
  )
  const members = membersOf(ctx, rooms, await tx.access.holdingsIn(roomIds))
  const userIds = [...members, ...invitations].flatMap(({ userId }) => userId ?? [])
  const people = await tx.users.people([...new Set(userIds)])
  const person = (userId: number | null) => (userId === null ? null : personOf(people, userId))
  return (await describeNodes(ctx, tx, nodes)).flatMap((view): Opening[] => [
    ...members.filter(of(view, 'roomId')).map(({ userId, permissions, expireAt }) => ({
      ...{ view, by: 'grant' as const, person: person(userId), permissions, expireAt },
      message: '',
    })),
    ...invitations.filter(of(view, 'nodeId')).map(({ userId, permissions, message, expireAt }) => ({
      ...{ view, by: 'invitation' as const, person: person(userId), permissions, message },
      expireAt,
    })),
    ...links.filter(of(view, 'nodeId')).map((link) => ({
      ...{ view, by: 'link' as const, link, expireAt: link.expireAt },
      token: ctx.secrets.unseal(link.sealedToken),
    })),
  ])
}

const of =
  <K extends string>({ node }: NodeView, key: K) =>
  (one: Readonly<Record<K, number>>) =>
    one[key] === node.id

/** One for each user and room: what he holds by himself and by groups, until the last end of it. */
function membersOf(ctx: Ctx, rooms: readonly Node[], holdings: readonly Holding[]): Holding[] {
  const { userId: ownId } = actingUser(ctx)
  const homes = new Map(rooms.map(({ id, homeOf }) => [id, homeOf]))
  const members = new Map<string, Holding>()
  for (const one of holdings) {
    const isOwn = one.userId === ownId || one.userId === homes.get(one.roomId)
    if (isOwn || hasEnded(ctx, one)) continue
    const key = `${one.roomId} ${one.userId}`
    const before = members.get(key)
    members.set(key, before === undefined ? one : both(before, one))
  }
  return [...members.values()]
}

function both(one: Holding, other: Holding): Holding {
  const permissions = one.permissions | other.permissions
  return { ...one, permissions, expireAt: laterEnd(one.expireAt, other.expireAt) }
}
