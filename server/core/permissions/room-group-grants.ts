import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Group } from '../groups/group.ts'
import type { GroupFilter } from '../groups/group-store.ts'
import type { Node, NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import type { GroupGrant } from './access-store.ts'
import { grantsAbove } from './inherited-grants.ts'
import { expand, MANAGE, type Permissions } from './permission.ts'
import { permit, visible } from './visible.ts'

export type GroupGrantFilter = {
  /** Groups that were given something here; 'any' and false need MANAGE. Default true. */
  readonly isGranted?: boolean | 'any'
  readonly nameContains?: string
  readonly groupId?: number
  readonly permissionsManage?: boolean
  /** What is inherited as well. Default false. */
  readonly effective?: boolean
}

export type RoomGroupGrant = {
  readonly group: Group
  readonly permissions: Permissions
  readonly isGranted: boolean
  /** Held by a grant on a room above, not by one of this room. */
  readonly isInherited: boolean
  /** Whether who enters the group later is let in at once. */
  readonly admits: boolean
}

export type RoomGroupGrants = {
  readonly room: NodeRef
  readonly filter?: GroupGrantFilter
  readonly page: PageRequest
  /** By name, backwards. */
  readonly descending?: boolean
}

/** Which groups hold what in a room, by name. Whoever holds anything there may ask. */
export async function roomGroupGrants(
  ctx: Ctx,
  input: RoomGroupGrants,
): Promise<Page<RoomGroupGrant>> {
  const { filter = {}, descending = false } = input
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
    const isGranted = filter.isGranted ?? true
    if (isGranted !== true) permit(permissions, MANAGE, 'room')
    else if (permissions === 0) fault('forbidden', 'node', 'room')
    const held = await holdings(ctx, tx, node, filter.effective ?? false)
    const which = groupsFor(filter, isGranted, held)
    const total = await tx.groups.count(which)
    const groups = await tx.groups.page(which, [{ by: 'name', descending }], page)
    return { ...page, total, items: groups.map((group) => rowOf(group, held.get(group.id))) }
  })
}

type Held = Pick<RoomGroupGrant, 'permissions' | 'isInherited' | 'admits'>

async function holdings(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  effective: boolean,
): Promise<Map<number, Held>> {
  const own = (await tx.access.grantsOf(room.id)).filter(
    ({ expireAt }) => expireAt === null || expireAt > ctx.now,
  )
  const all = effective ? [...own, ...(await grantsAbove(ctx, tx, room))] : own
  const held = new Map<number, Held>()
  for (const grant of all) {
    if (grant.groupId === undefined) continue
    held.set(grant.groupId, united(held.get(grant.groupId), grant, room.id))
  }
  return held
}

/** Own grants come first and say whether the group admits. */
function united(before: Held | undefined, grant: GroupGrant, roomId: number): Held {
  return {
    permissions: expand((before?.permissions ?? 0) | grant.permissions),
    isInherited: before?.isInherited ?? grant.roomId !== roomId,
    admits: before?.admits ?? grant.admits,
  }
}

function groupsFor(
  filter: GroupGrantFilter,
  isGranted: boolean | 'any',
  held: ReadonlyMap<number, Held>,
): GroupFilter {
  const { nameContains, groupId, permissionsManage } = filter
  const manages = (id: number) => ((held.get(id)?.permissions ?? 0) & MANAGE) !== 0
  const wanted = (id: number): boolean => {
    if (isGranted !== 'any' && held.has(id) !== isGranted) return false
    return permissionsManage === undefined || manages(id) === permissionsManage
  }
  if (groupId !== undefined) return { nameContains, ids: wanted(groupId) ? [groupId] : [] }
  const holders = [...held.keys()]
  if (isGranted === true || permissionsManage === true) {
    return { nameContains, ids: holders.filter(wanted) }
  }
  return { nameContains, notIds: holders.filter((id) => !wanted(id)) }
}

function rowOf(group: Group, held: Held | undefined): RoomGroupGrant {
  return {
    group,
    permissions: held?.permissions ?? 0,
    isGranted: held !== undefined,
    isInherited: held?.isInherited ?? false,
    admits: held?.admits ?? true,
  }
}
