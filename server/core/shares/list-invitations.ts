import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { ownerOf } from '../nodes/describe-nodes.ts'
import type { Permissions } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { Invitation } from './invitation.ts'

/** An invitation as the one sees it who may answer it. */
export type OpenInvitation = {
  readonly token: string
  readonly nodeId: number
  readonly folderName: string
  readonly permissions: Permissions
  readonly message: string
  /** When what is given ends; null: never. */
  readonly expireAt: number | null
  /** Whose folder it is; of a request, who asks. */
  readonly person: Person
}

/** Invitations that wait for the actor, oldest first. */
export async function listInvitations(ctx: Ctx): Promise<OpenInvitation[]> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const open = await tx.invitations.ofUser(userId, 'invitation', ctx.now)
    const ways = await tx.nodes.ancestorsOf(open.map(({ nodeId }) => nodeId))
    return described(ctx, tx, open, ({ nodeId }, room) =>
      ownerOf([...(ways.get(nodeId) ?? []), room]),
    )
  })
}

/** Requests to be let into folders that the actor manages, oldest first. */
export async function listRequests(ctx: Ctx): Promise<OpenInvitation[]> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const open = await tx.invitations.requestsTo(userId, ctx.now)
    return described(ctx, tx, open, (one) => one.userId)
  })
}

async function described(
  ctx: Ctx,
  tx: Tx,
  open: readonly Invitation[],
  whose: (one: Invitation, room: Parameters<typeof ownerOf>[0][number]) => number | null,
): Promise<OpenInvitation[]> {
  const rooms = await tx.nodes.findMany([...new Set(open.map(({ nodeId }) => nodeId))])
  const byId = new Map(rooms.map((room) => [room.id, room]))
  const listed = open.flatMap((one) => {
    const room = byId.get(one.nodeId)
    return room ? [{ one, room, personId: whose(one, room) }] : []
  })
  const ids = listed.flatMap(({ personId }) => (personId === null ? [] : [personId]))
  const people = await tx.users.people([...new Set(ids)])
  return listed.map(({ one, room, personId }) => ({
    token: ctx.secrets.unseal(one.sealedToken),
    nodeId: room.id,
    folderName: room.name,
    permissions: one.permissions,
    message: one.message,
    expireAt: one.expireAt,
    person: personOf(people, personId),
  }))
}
