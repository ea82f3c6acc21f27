import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { deleteLinksIn } from '../links/delete-links.ts'
import { linksFor } from '../links/links-for.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { MemberRef } from '../permissions/change-members.ts'
import { MANAGE } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import { permit } from '../permissions/visible.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import { revoke } from '../shares/revoke.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'

export type CloseTo = {
  readonly nodes: readonly NodeRef[]
  /** Users, or addresses for which links were made. */
  readonly people: readonly MemberRef[]
}

/**
 * Takes away what people have of nodes, all or none: grants on the nodes themselves, open
 * invitations, and links that were made for them; who has nothing is passed over. Answers the
 * account of the last if something was taken from it, so that nobody asks whose an id or an address
 * is; else null. Needs MANAGE. Faults: 'not-found' and 'forbidden' 'node', also for the user whose
 * home it lies in; 'not-found' 'user', 'last-admin'; 'invalid' 'user' (field 'email') for what is
 * no address, 'invalid' 'grant' for nobody or nothing; 'too-many' 'grant' above `limits.bulkItems`.
 */
export async function closeTo(ctx: Ctx, { nodes, people }: CloseTo): Promise<User | null> {
  actingUser(ctx)
  if (people.length === 0) refuse('people')
  if (nodes.length === 0) refuse('nodes')
  const limit = ctx.limits.bulkItems
  if (people.length * nodes.length > limit) fault('too-many', 'grant', undefined, { limit })
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const seen = await visibleMany(ctx, tx, nodes)
    for (const { permissions } of seen) permit(permissions, MANAGE)
    const found: Someone[] = []
    for (const ref of people) found.push(await someone(tx, ref))
    const touched = new Set<Someone>()
    for (const { node } of seen) {
      for (const one of await close(ctx, tx, node, found)) touched.add(one)
    }
    const last = found.at(-1)
    return last && touched.has(last) ? last.user : null
  })
}

function refuse(field: string): never {
  return fault('invalid', 'grant', undefined, { field, rule: 'required' })
}

type Someone = { readonly user: User | null; readonly email: string | null }

async function someone(tx: Tx, ref: MemberRef): Promise<Someone> {
  if ('userId' in ref) {
    const user = (await tx.users.find(ref.userId)) ?? fault('not-found', 'user')
    return { user, email: user.email }
  }
  if (!isMailAddress(ref.email)) {
    fault('invalid', 'user', undefined, { field: 'email', rule: 'email' })
  }
  return { user: (await tx.users.findByLogin(ref.email, 'email')) ?? null, email: ref.email }
}

/** Answers those from whom something was taken. */
async function close(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  people: readonly Someone[],
): Promise<readonly Someone[]> {
  const links = await tx.links.ofNodes([node.id])
  const ended = people.map(({ email }) => (email === null ? [] : linksFor(links, email)))
  await deleteLinksIn(ctx, tx, [...new Set(ended.flat())])
  const userIds = node.kind === 'room' ? await closeRoom(ctx, tx, node, people) : new Set()
  return people.filter(
    ({ user }, at) => (ended[at] ?? []).length > 0 || (user !== null && userIds.has(user.id)),
  )
}

/** Takes invitations and grants away; answers whose. */
async function closeRoom(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  people: readonly Someone[],
): Promise<Set<number>> {
  const asked = new Set(people.flatMap(({ user }) => user?.id ?? []))
  const owner = ownerRoom(await lineTo(tx, room))?.homeOf
  if (owner && asked.has(owner)) fault('forbidden', 'node')
  const open = (await tx.invitations.ofNodes([room.id], ctx.now)).filter(
    (one) => one.kind === 'invitation' && one.userId !== null && asked.has(one.userId),
  )
  await revoke(ctx, tx, room, open)
  const grants = (await tx.access.grantsOf(room.id)).flatMap(({ userId }) =>
    userId !== undefined && asked.has(userId) ? [{ userId, permissions: 0 }] : [],
  )
  if (grants.length > 0) await writeGrants(ctx, tx, room, grants)
  return new Set([...open, ...grants].flatMap(({ userId }) => userId ?? []))
}
