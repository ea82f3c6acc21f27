import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import type { Person, User } from '../users/user.ts'
import type { UserFilter } from '../users/user-store.ts'
import type { Access } from './access-store.ts'
import { laterEnd } from './grants-in-force.ts'
import { MANAGE, type Permissions, type Roles } from './permission.ts'
import { permit, visible } from './visible.ts'

export type GrantFilter = {
  /** Users who hold something here; 'any' and false need MANAGE. Default true. */
  readonly isGranted?: boolean | 'any'
  readonly nameContains?: string
  readonly userId?: number
  readonly permissionsManage?: boolean
  /**
   * What was given to the users themselves on this very room (false, the default), what they
   * inherit as well (true), or what they hold by groups, too ('any').
   */
  readonly effective?: boolean | 'any'
  /** Only users with (without) all of these roles. */
  readonly hasRoles?: Roles
  readonly lacksRoles?: Roles
}

export type RoomGrant = {
  readonly person: Person
  readonly user: User
  readonly permissions: Permissions
  /** The last end of what is counted; null: never, or nothing is held. */
  readonly expireAt: number | null
  readonly isGranted: boolean
  /** Held by a grant on a room above or of a group, not by one of this room to the user. */
  readonly isInherited: boolean
}

export type RoomGrants = {
  readonly room: NodeRef
  readonly filter?: GrantFilter
  readonly page: PageRequest
  /** By user name, backwards. */
  readonly descending?: boolean
}

/** Who holds what in a room, by user name. Whoever holds anything there may ask. */
export async function roomGrants(ctx: Ctx, input: RoomGrants): Promise<Page<RoomGrant>> {
  const { filter = {} } = input
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
    const isGranted = filter.isGranted ?? true
    if (isGranted !== true) permit(permissions, MANAGE, 'room')
    else if (permissions === 0) fault('forbidden', 'node', 'room')
    const held = await holdings(ctx, tx, node.id, filter.effective ?? false)
    const who = usersFor(filter, isGranted, held)
    const total = await tx.users.count(who)
    const users = await tx.users.page(
      who,
      [{ by: 'userName', descending: input.descending ?? false }],
      page,
    )
    return { ...page, total, items: users.map((user) => rowOf(user, held.get(user.id))) }
  })
}

type Held = Pick<RoomGrant, 'permissions' | 'expireAt' | 'isInherited'>

async function holdings(
  ctx: Ctx,
  tx: Tx,
  roomId: number,
  effective: boolean | 'any',
): Promise<Map<number, Held>> {
  const inForce = (row: { readonly expireAt: number | null; readonly permissions: number }) =>
    (row.expireAt === null || row.expireAt > ctx.now) && row.permissions !== 0
  const rows = (await tx.access.rowsOf(roomId)).filter(inForce)
  const isOwn = (row: Access) => row.viaId === roomId && row.groupId === undefined
  const own = new Set(rows.filter(isOwn).map(({ userId }) => userId))
  const counted = rows.filter(
    (row) => effective === 'any' || (effective ? row.groupId === undefined : isOwn(row)),
  )
  const held = new Map<number, Held>()
  for (const row of counted) {
    const { userId } = row
    const before = held.get(userId)
    const permissions = (before?.permissions ?? 0) | row.permissions
    const expireAt = before ? laterEnd(before.expireAt, row.expireAt) : row.expireAt
    held.set(userId, { permissions, expireAt, isInherited: !own.has(userId) })
  }
  return held
}

function usersFor(
  filter: GrantFilter,
  isGranted: boolean | 'any',
  held: ReadonlyMap<number, Held>,
): UserFilter {
  const { nameContains, userId, permissionsManage, hasRoles, lacksRoles } = filter
  const manages = (id: number) => ((held.get(id)?.permissions ?? 0) & MANAGE) !== 0
  const holders = [...held.keys()]
  const base = { nameContains, hasRoles, lacksRoles }
  const wanted = (id: number): boolean => {
    if (isGranted !== 'any' && held.has(id) !== isGranted) return false
    return permissionsManage === undefined || manages(id) === permissionsManage
  }
  if (userId !== undefined) return { ...base, ids: wanted(userId) ? [userId] : [] }
  if (isGranted === true || permissionsManage === true) {
    return { ...base, ids: holders.filter(wanted) }
  }
  return { ...base, notIds: holders.filter((id) => !wanted(id)) }
}

function rowOf(user: User, holding: Held | undefined): RoomGrant {
  const { id, userName, firstName, lastName, email } = user
  return {
    person: { id, userName, firstName, lastName, email, kind: 'internal' },
    user,
    permissions: holding?.permissions ?? 0,
    expireAt: holding?.expireAt ?? null,
    isGranted: holding !== undefined,
    isInherited: holding?.isInherited ?? false,
  }
}
