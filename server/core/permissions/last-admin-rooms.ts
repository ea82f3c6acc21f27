import type { Ctx } from '../ctx.ts'
import type { Ancestor, Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { permitRight } from './rights.ts'
import { type Holder, mustBeThere } from './rooms-of.ts'

export type LastAdminRoom = {
  readonly room: Node
  readonly ancestors: readonly Ancestor[]
  /** The group by which alone a user is administrator there. */
  readonly groupId: number | null
}

/**
 * Rooms that would have no administrator who lasts without this user, or group; homes and what lies
 * in them are left out. Needs the right to change users, or groups. Faults 'not-found' 'user' or
 * 'group'.
 */
export async function lastAdminRooms(ctx: Ctx, holder: Holder): Promise<LastAdminRoom[]> {
  const isUser = 'userId' in holder
  permitRight(ctx, isUser ? 'change users' : 'change groups', isUser ? 'user' : 'group')
  return ctx.read(async (tx) => {
    await mustBeThere(tx, holder)
    return lastAdminRoomsOf(tx, holder)
  })
}

/** The same without asking who wants to know. */
export async function lastAdminRoomsOf(tx: Tx, holder: Holder): Promise<LastAdminRoom[]> {
  const found = await tx.access.lastAdminRooms(holder)
  const groups = new Map<number, number | null>()
  for (const { roomId, groupId = null } of found) {
    const isOwn = groupId === null || groups.get(roomId) === null
    groups.set(roomId, isOwn ? null : groupId)
  }
  const rooms = await tx.nodes.findMany([...groups.keys()])
  const ancestors = await tx.nodes.ancestorsOf(rooms.map(({ id }) => id))
  return rooms
    .map((room) => ({ room, ancestors: ancestors.get(room.id) ?? [] }))
    .filter(({ room, ancestors }) => [...ancestors, room].every(({ homeOf }) => homeOf === null))
    .map(({ room, ancestors }) => ({ room, ancestors, groupId: groups.get(room.id) ?? null }))
    .sort((one, other) => one.room.id - other.room.id)
}
