import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, Page, PageRequest, Tally } from '../nodes/node.ts'
import type { RoomFilter } from '../nodes/node-store.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import { expand, type Permissions } from './permission.ts'
import { permitRight } from './rights.ts'

export type Holder = { readonly userId: number } | { readonly groupId: number }

export type RoomsOf = {
  readonly holder: Holder
  readonly filter?: {
    /** Rooms that it holds (true, the default), the others, or both ('any'). Never homes. */
    readonly isGranted?: boolean | 'any'
    readonly nameContains?: string
    /** What was given to it there (false, the default), what it inherits as well, or by groups. */
    readonly effective?: boolean | 'any'
    /** Users: only rooms that have no other administrator who lasts, or only others. */
    readonly isLastAdmin?: boolean
  }
  readonly page: PageRequest
}

export type HeldRoom = {
  readonly room: Node
  readonly tally: Tally | undefined
  readonly createdBy: Person
  readonly updatedBy: Person
  readonly permissions: Permissions
  readonly isGranted: boolean
}

/**
 * Which rooms a user or a group holds, by name; rooms that a group inherits are told through its
 * members. Needs the right to read users, or groups. Faults 'not-found' 'user' or 'group'.
 */
export async function roomsOf(ctx: Ctx, input: RoomsOf): Promise<Page<HeldRoom>> {
  const { holder, filter = {} } = input
  const [right, subject] =
    'userId' in holder ? (['read users', 'user'] as const) : (['read groups', 'group'] as const)
  permitRight(ctx, right, subject)
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    await mustBeThere(tx, holder)
    const held = await holdings(ctx, tx, holder, filter.effective ?? false)
    const which = await roomsFor(ctx, tx, input, held)
    const total = await tx.nodes.countRooms(which)
    const rooms = await tx.nodes.rooms(which, page)
    return { ...page, total, items: await describe(tx, rooms, held) }
  })
}

/** Faults where there is no such user or group. */
export async function mustBeThere(tx: Tx, holder: Holder): Promise<void> {
  if ('userId' in holder) {
    if (!(await tx.users.find(holder.userId))) fault('not-found', 'user')
  } else if (!(await tx.groups.find(holder.groupId))) fault('not-found', 'group')
}

async function holdings(
  ctx: Ctx,
  tx: Tx,
  holder: Holder,
  effective: boolean | 'any',
): Promise<Map<number, Permissions>> {
  const held = new Map<number, Permissions>()
  const note = (roomId: number, permissions: Permissions) =>
    held.set(roomId, (held.get(roomId) ?? 0) | expand(permissions))
  const grants =
    'userId' in holder
      ? await tx.access.grantsOfUser(holder.userId)
      : await tx.access.grantsOfGroup(holder.groupId)
  for (const { roomId, permissions, expireAt } of grants) {
    if (expireAt === null || expireAt > ctx.now) note(roomId, permissions)
  }
  if (effective === false) return held
  const byGroups = 'groupId' in holder || effective === 'any'
  for (const row of await tx.access.rowsBy(holder, ctx.now)) {
    if (byGroups || row.groupId === undefined) note(row.boundaryId, row.permissions)
  }
  return held
}

async function roomsFor(
  ctx: Ctx,
  tx: Tx,
  { holder, filter = {} }: RoomsOf,
  held: ReadonlyMap<number, Permissions>,
): Promise<RoomFilter> {
  const { isGranted = true, nameContains, isLastAdmin } = filter
  const homes = [ctx.tenant.homesId]
  let ids = isGranted === true ? [...held.keys()] : undefined
  const notIds = isGranted === false ? [...homes, ...held.keys()] : homes
  if (isLastAdmin !== undefined) {
    const last = new Set((await tx.access.lastAdminRooms(holder)).map(({ roomId }) => roomId))
    if (isLastAdmin) ids = ids ? ids.filter((id) => last.has(id)) : [...last]
    else notIds.push(...last)
  }
  return { nameContains, ids, notIds }
}

async function describe(
  tx: Tx,
  rooms: readonly Node[],
  held: ReadonlyMap<number, Permissions>,
): Promise<HeldRoom[]> {
  const tallies = await tx.tallies.of(rooms.map(({ id }) => id))
  const ids = rooms.flatMap(({ createdBy, updatedBy }) => [createdBy, updatedBy])
  const people = await tx.users.people([...new Set(ids.filter((id) => id !== null))])
  return rooms.map((room) => ({
    room,
    tally: tallies.get(room.id),
    createdBy: personOf(people, room.createdBy),
    updatedBy: personOf(people, room.updatedBy),
    permissions: held.get(room.id) ?? 0,
    isGranted: held.has(room.id),
  }))
}
