import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Ancestor, Node, NodeRef, Page, PageRequest, Tally } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { AuditFilter, AuditSort, Holder } from './audit-store.ts'
import { auditing } from './auditing.ts'

export type AuditRooms = {
  readonly filter: Omit<AuditFilter, 'parentId' | 'roomId'> & {
    readonly room?: NodeRef
    /** null: the top rooms; absent: all rooms. */
    readonly parent?: NodeRef | null
  }
  /** Default: by id. */
  readonly sort?: readonly AuditSort[]
  /** Whether those who hold something are told as well. Default: not. */
  readonly withHolders?: boolean
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

export type AuditedRoom = {
  readonly room: Node
  readonly tally: Pick<Tally, 'rooms' | 'folders' | 'files' | 'size'>
  readonly ancestors: readonly Ancestor[]
  readonly creator: Person
  readonly changer: Person
  readonly holders: readonly Holder[]
}

const noTally = { rooms: 0, folders: 0, files: 0, size: 0 }

/**
 * A page of the rooms of the tenant, whoever sees them. Needs ROLE_AUDIT (see `auditing`). Faults:
 * 'not-found' 'node' 'parent' for a parent that is not there, 'wrong-kind' for one that is no room.
 */
export async function auditRooms(ctx: Ctx, input: AuditRooms): Promise<Page<AuditedRoom>> {
  await auditing(ctx)
  const page = checkedPage(ctx, input.page)
  const { room, parent, ...rest } = input.filter
  return ctx.read(async (tx) => {
    const filter: AuditFilter = {
      ...rest,
      parentId: parent === undefined || parent === null ? parent : await roomId(ctx, tx, parent),
      roomId: room && ((await resolve(ctx, tx, room))?.id ?? 0),
    }
    const total = await tx.audits.countRooms(filter, ctx.now)
    const within = { ...page, now: ctx.now }
    const rooms = await tx.audits.pageOfRooms(filter, input.sort ?? [], within)
    return { ...page, items: await describe(ctx, tx, rooms, input), total }
  })
}

async function roomId(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<number> {
  const node = await resolve(ctx, tx, ref)
  if (!node) return fault('not-found', 'node', 'parent')
  if (node.kind !== 'room') fault('wrong-kind', 'node', 'parent')
  return node.id
}

async function describe(
  ctx: Ctx,
  tx: Tx,
  rooms: readonly Node[],
  { filter, withHolders = false }: AuditRooms,
): Promise<AuditedRoom[]> {
  const ids = rooms.map(({ id }) => id)
  if (ids.length === 0) return []
  const tallies = await tx.tallies.of(ids)
  const ancestors = await tx.nodes.ancestorsOf(ids)
  const authors = rooms.flatMap(({ createdBy, updatedBy }) => [createdBy, updatedBy])
  const people = await tx.users.people([...new Set(authors.filter((id) => id !== null))])
  const holders = withHolders ? await tx.audits.holders(ids, filter.holder ?? {}, ctx.now) : []
  return rooms.map((room) => ({
    room,
    tally: tallies.get(room.id) ?? noTally,
    ancestors: ancestors.get(room.id) ?? [],
    creator: personOf(people, room.createdBy),
    changer: personOf(people, room.updatedBy),
    holders: holders.filter((one) => one.roomId === room.id),
  }))
}
