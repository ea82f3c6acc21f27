import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import { ALL, MANAGE, type Permissions } from '../permissions/permission.ts'
import { type Seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import { isOnBehalf, type SharePlace, shareAt } from './managed-share.ts'

export type Collaborator = {
  readonly person: Person
  readonly permissions: Permissions
  /** The user whose home it lies in. */
  readonly isOwner: boolean
  /** 'waiting': invited, and has not accepted. */
  readonly status: 'accepted' | 'waiting'
  /** By a room around the folder. */
  readonly isIndirect: boolean
}

/**
 * Who holds something in a folder or room, and, for those who manage it, who is invited: the owner
 * first, then by id. Whoever holds something there may ask. A file is 'wrong-kind' 'node' 'file'.
 */
export async function collaborators(
  ctx: Ctx,
  input: { readonly node: SharePlace },
): Promise<Collaborator[]> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await asked(ctx, tx, input.node)
    if (node.kind === 'file') fault('wrong-kind', 'node', 'file')
    if (permissions === 0) fault('forbidden', 'node')
    const line = await lineTo(tx, node)
    const ownerId = ownerRoom(line)?.homeOf ?? null
    const held = await tx.access.usersOf(node.boundaryId, ctx.now)
    const isRoom = node.kind === 'room'
    const grants = isRoom ? await tx.access.grantsOf(node.id) : []
    const direct = new Set(grants.map(({ userId }) => userId))
    const waiting =
      isRoom && (permissions & MANAGE) !== 0 ? await invited(ctx, tx, node.id, held) : []
    const members = [...held].map(([userId, bits]) => ({
      userId,
      permissions: bits,
      isOwner: userId === ownerId,
      status: 'accepted' as const,
      isIndirect: userId !== ownerId && !direct.has(userId),
    }))
    if (ownerId !== null && !held.has(ownerId)) members.push(absentOwner(ownerId))
    const all = [...members, ...waiting]
    const people = await tx.users.people(all.map(({ userId }) => userId))
    return all
      .map(({ userId, ...rest }) => ({ person: personOf(people, userId), ...rest }))
      .sort(
        (a, b) => Number(b.isOwner) - Number(a.isOwner) || (a.person.id ?? 0) - (b.person.id ?? 0),
      )
  })
}

async function asked(ctx: Ctx, tx: Tx, place: SharePlace): Promise<Seen> {
  if (!isOnBehalf(place)) return visible(ctx, tx, place)
  return { node: await shareAt(ctx, tx, place), permissions: ALL }
}

function absentOwner(userId: number) {
  const facts = { isOwner: true, isIndirect: false, status: 'accepted' as const }
  return { userId, permissions: ALL, ...facts }
}

async function invited(ctx: Ctx, tx: Tx, nodeId: number, held: ReadonlyMap<number, Permissions>) {
  const open = await tx.invitations.ofNodes([nodeId], ctx.now)
  return open.flatMap(({ kind, userId, permissions }) =>
    kind === 'invitation' && userId !== null && !held.has(userId)
      ? [{ userId, permissions, isOwner: false, status: 'waiting' as const, isIndirect: false }]
      : [],
  )
}
