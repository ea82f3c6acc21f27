import type { Node } from '../nodes/node.ts'

/**
 * Through which rooms a grant on a room gives passage: those above it, top first, but nothing
 * around a room that stands alone (see `RoomFacts.outerId`).
 */
export function passageTo(above: readonly Node[], room: Node): readonly Node[] {
  const line = [...above, room]
  return line.slice(Math.max(0, aloneIn(line)), -1)
}

/**
 * The room of which the members of a room have a mount: the one nearest that stands alone, else the
 * home that it lies in, else its top room.
 */
export function mountedRoom(above: readonly Node[], room: Node): Node {
  const line = [...above, room]
  return line[aloneIn(line)] ?? line.find(({ homeOf }) => homeOf !== null) ?? line[0] ?? room
}

/** Where the last room of a line stands that stands alone; -1: there is none. */
export function aloneIn(line: readonly Node[]): number {
  return line.findLastIndex(({ room }) => room !== null && room.outerId !== null)
}
