import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import {
  checkGroups,
  type GrantInput,
  keepAdmin,
  refuseGuests,
} from '../permissions/grant-facts.ts'
import { ALL, MANAGE, ROLE_ROOMS } from '../permissions/permission.ts'
import { adminGrants, type RoomAdmins } from '../permissions/room-admins.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { lockContainer } from './container.ts'
import { describeNode } from './describe-nodes.ts'
import { insertRoom } from './insert-room.ts'
import type { Node, NodeRef, NodeView, OnClash } from './node.ts'
import { checkFacts, type NodeFacts, validName } from './valid-facts.ts'

/** Without administrators who makes a room that inherits nothing is its administrator. */
export type CreateRoom = Omit<NodeFacts, 'expireAt'> & {
  /** Absent or null: a top room. */
  readonly parent?: NodeRef | null
  readonly name: string
  /** Permissions of the room above hold here too; default for all but top rooms. */
  readonly inherit?: boolean
  readonly onClash?: OnClash
} & RoomAdmins

/**
 * Makes a room. A top room needs ROLE_ROOMS, one below another room MANAGE there. Faults:
 * 'wrong-kind' 'node' 'parent' below a folder or file, 'not-found' 'user' 'admin' or 'group',
 * 'last-admin' where groups alone are named and nobody lasting is in them, 'invalid' 'node'
 * with data.field 'inherit' or 'adminIds' where these do not go together, 'name-taken'.
 */
export async function createRoom(ctx: Ctx, input: CreateRoom): Promise<NodeView> {
  return ctx.write(async (tx) => describeNode(ctx, tx, await createRoomIn(ctx, tx, input)))
}

/** `createRoom` in a transaction. */
export async function createRoomIn(ctx: Ctx, tx: Tx, input: CreateRoom): Promise<Node> {
  const name = validName(input.name)
  checkFacts(ctx, input)
  await tx.nodes.lockTree()
  const above = input.parent ? await roomAbove(ctx, tx, input.parent) : null
  if (!above) await permitTopRoom(ctx, tx)
  const inherit = input.inherit ?? above !== null
  if (inherit && !above) fault('invalid', 'node', undefined, { field: 'inherit', rule: 'top' })
  const grants = await adminsOf(ctx, tx, input, inherit)
  const parent = above?.node ?? null
  const held = above?.permissions ?? ALL
  const room = await insertRoom(ctx, tx, {
    ...{ ...input, parent, held, name, inherit, admins: [], grants },
  })
  if (input.adminGroupIds?.length) await keepAdmin(tx, room)
  return room
}

async function roomAbove(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Seen> {
  const parent = await lockContainer(ctx, tx, ref, 0, 'parent')
  if (parent.node.kind !== 'room') fault('wrong-kind', 'node', 'parent')
  if ((parent.permissions & MANAGE) === 0) fault('forbidden', 'node', 'parent')
  return parent
}

async function permitTopRoom(ctx: Ctx, tx: Tx): Promise<void> {
  const { userId, roles } = await viewerOf(ctx, tx)
  if (userId !== null && (roles & ROLE_ROOMS) === 0) fault('forbidden', 'node', 'parent')
}

async function adminsOf(
  ctx: Ctx,
  tx: Tx,
  input: CreateRoom,
  inherit: boolean,
): Promise<GrantInput[]> {
  const named = adminGrants(input)
  if (inherit) {
    if (named.length > 0)
      fault('invalid', 'node', undefined, { field: 'adminIds', rule: 'inherit' })
    return []
  }
  if (named.length > ctx.limits.bulkItems) fault('too-many', 'user', 'admin')
  const maker = actorId(ctx.actor)
  const admins = named.length > 0 || maker === null ? named : adminGrants({ adminIds: [maker] })
  if (admins.length === 0) fault('last-admin', 'node', 'room')
  const userIds = admins.flatMap(({ userId }) => (userId === undefined ? [] : [userId]))
  const homes = await tx.nodes.homesOf(userIds)
  const unknown = userIds.find((id) => !homes.has(id))
  if (unknown !== undefined) fault('not-found', 'user', 'admin', { user: unknown })
  await refuseGuests(tx, { homeOf: null }, userIds)
  await checkGroups(tx, input.adminGroupIds ?? [])
  return admins
}
