import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ALL, MANAGE, ROLE_ROOMS } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { lockContainer } from './container.ts'
import { describeNode } from './describe-nodes.ts'
import { insertRoom } from './insert-room.ts'
import type { NodeRef, NodeView, OnClash } from './node.ts'
import { checkFacts, type NodeFacts, validName } from './valid-facts.ts'

export type CreateRoom = Omit<NodeFacts, 'expireAt'> & {
  /** Absent or null: a top room. */
  readonly parent?: NodeRef | null
  readonly name: string
  /** Permissions of the room above hold here too; default for all but top rooms. */
  readonly inherit?: boolean
  /** Users who manage the room; only where nothing is inherited. Default: who makes it. */
  readonly adminIds?: readonly number[]
  readonly onClash?: OnClash
}

/**
 * Makes a room. A top room needs ROLE_ROOMS, one below another room MANAGE there. Faults:
 * 'wrong-kind' 'node' 'parent' below a folder or file, 'not-found' 'user' 'admin', 'invalid' 'node'
 * with data.field 'inherit' or 'adminIds' where these do not go together, 'name-taken'.
 */
export async function createRoom(ctx: Ctx, input: CreateRoom): Promise<NodeView> {
  const name = validName(input.name)
  checkFacts(ctx, input)
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const above = input.parent ? await roomAbove(ctx, tx, input.parent) : null
    if (!above) await permitTopRoom(ctx, tx)
    const inherit = input.inherit ?? above !== null
    if (inherit && !above) fault('invalid', 'node', undefined, { field: 'inherit', rule: 'top' })
    const admins = inherit ? none(input.adminIds) : await adminsOf(ctx, tx, input.adminIds)
    const parent = above?.node ?? null
    const held = above?.permissions ?? ALL
    const room = await insertRoom(ctx, tx, { ...input, parent, held, name, inherit, admins })
    return describeNode(ctx, tx, room)
  })
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

function none(adminIds: readonly number[] | undefined): number[] {
  if (adminIds && adminIds.length > 0) {
    fault('invalid', 'node', undefined, { field: 'adminIds', rule: 'inherit' })
  }
  return []
}

async function adminsOf(
  ctx: Ctx,
  tx: Tx,
  adminIds: readonly number[] | undefined,
): Promise<number[]> {
  const maker = actorId(ctx.actor)
  const named = adminIds && adminIds.length > 0 ? [...new Set(adminIds)] : []
  if (named.length > ctx.limits.bulkItems) fault('too-many', 'user', 'admin')
  const ids = named.length > 0 || maker === null ? named : [maker]
  if (ids.length === 0) fault('last-admin', 'node', 'room')
  const homes = await tx.nodes.homesOf(ids)
  const unknown = ids.find((id) => !homes.has(id))
  if (unknown !== undefined) fault('not-found', 'user', 'admin', { user: unknown })
  return ids
}
