import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import { isExpired, type Node, type NodeRef, type NodeView } from '../nodes/node.ts'
import type { Access } from '../permissions/access-store.ts'
import { hasEnded, laterEnd } from '../permissions/grants-in-force.ts'
import type { Permissions } from '../permissions/permission.ts'
import { resolveMany } from '../permissions/visible-many.ts'
import type { Invitation } from '../shares/invitation.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

/** What others gave the actor on a node, or offer him. */
export type SharedWith = {
  readonly view: NodeView
  /** Who invited him; else whose node it is. */
  readonly from: Person
  readonly permissions: Permissions
  readonly message: string
  /** null: without end. */
  readonly expireAt: number | null
  readonly status: 'waiting' | 'accepted'
}

/**
 * What the actor has of nodes by others: open invitations to them, and what he holds there, however
 * it came; nothing of what is his own. Faults: 'not-found' 'node' for one that he neither sees nor
 * is invited to, 'too-many' 'node' above `limits.bulkItems`.
 */
export async function sharedWith(
  ctx: Ctx,
  input: { readonly nodes: readonly NodeRef[] },
): Promise<SharedWith[]> {
  const { userId } = actingUser(ctx)
  if (input.nodes.length > ctx.limits.bulkItems) fault('too-many', 'node')
  return ctx.read(async (tx) => {
    const nodes = await thereOf(ctx, tx, input.nodes)
    const asked = await invitedTo(ctx, tx, nodes, userId)
    const held = await heldIn(ctx, tx, nodes, userId)
    for (const { id, boundaryId } of nodes) {
      if (!asked.has(id) && !held.has(boundaryId)) fault('not-found', 'node')
    }
    const makers = [...asked.values()].map(({ createdBy }) => createdBy)
    const people = await tx.users.people([...new Set(makers)])
    return (await describeNodes(ctx, tx, nodes)).flatMap((view): SharedWith[] => {
      const rows = held.get(view.node.boundaryId) ?? []
      const invitation = asked.get(view.node.id)
      if (rows.some(({ permissions }) => permissions !== 0)) {
        const isOwn = view.owner.id === userId
        return isOwn ? [] : [{ view, from: view.owner, ...together(rows), ...accepted }]
      }
      if (!invitation) return []
      const { permissions, message, createdBy, expireAt } = invitation
      const from = personOf(people, createdBy)
      return [{ view, from, permissions, message, expireAt, status: 'waiting' }]
    })
  })
}

const accepted = { message: '', status: 'accepted' } as const

async function thereOf(ctx: Ctx, tx: Tx, refs: readonly NodeRef[]): Promise<Node[]> {
  const found = new Map<number, Node>()
  for (const node of await resolveMany(ctx, tx, refs)) {
    if (!node || isExpired(node, ctx.now)) return fault('not-found', 'node')
    found.set(node.id, node)
  }
  return [...found.values()]
}

async function invitedTo(
  ctx: Ctx,
  tx: Tx,
  nodes: readonly Node[],
  userId: number,
): Promise<Map<number, Invitation>> {
  const ids = new Set(nodes.map(({ id }) => id))
  const open = await tx.invitations.ofUser(userId, 'invitation', ctx.now)
  return new Map(open.filter((one) => ids.has(one.nodeId)).map((one) => [one.nodeId, one]))
}

/** Rows in force by boundary, passage too. */
async function heldIn(
  ctx: Ctx,
  tx: Tx,
  nodes: readonly Node[],
  userId: number,
): Promise<Map<number, Access[]>> {
  const boundaries = [...new Set(nodes.map(({ boundaryId }) => boundaryId))]
  const rows = (await tx.access.explain(boundaries, userId)).filter((row) => !hasEnded(ctx, row))
  return Map.groupBy(rows, ({ boundaryId }) => boundaryId)
}

/** All that is held, until the last end of it. */
function together(rows: readonly Access[]) {
  const given = rows.filter(({ permissions }) => permissions !== 0)
  const ends = given.map(({ expireAt }) => expireAt)
  return {
    permissions: given.reduce((held, { permissions }) => held | permissions, 0),
    expireAt: ends.reduce(laterEnd),
  }
}
