import type { Ctx } from '../ctx.ts'
import type { Event, EventType } from '../event.ts'
import type { Node } from '../nodes/node.ts'
import { type OwnRoot, rootPathOf } from '../nodes/root-path.ts'
import { has, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

/** An event as one user is told of it. */
export type ToldEvent = {
  readonly event: Event
  /** Who did it; null: the server. */
  readonly actor: Person | null
  /** The node as it is now, if it is live and the reader may read where it happened. */
  readonly node: Node | null
  /** Names from the reader's own root; null where it does not appear there. */
  readonly path: readonly string[] | null
  /** The same for where it was before it was moved or renamed. */
  readonly oldPath: readonly string[] | null
  /** It was moved to where the reader sees it from where he does not. */
  readonly isNew: boolean
}

/** Events whose subject is a user, who is told of them wherever they happened. */
export const aboutUsers: readonly EventType[] = [
  'grant.changed',
  'grant.removed',
  'share.started',
  'share.ended',
  'invitation.sent',
  'invitation.revoked',
  'group.joined',
  'group.left',
  'listing.ready',
]

/** Events that take a right to read from people, who are told of this last one. */
export const toldToRecipients: readonly EventType[] = [
  'room.deleted',
  'share.ended',
  'grant.removed',
  'grant.changed',
  'node.changed',
  'group.deleted',
]

/**
 * Who of these users may be told of which of these events, in their order: those who may read in
 * the room now, the user whom it is about, and its recipients. Where it lies is told by each one's
 * own root. The number of statements depends on the top rooms that the events name, not on users or
 * events.
 */
export async function tellTo(
  ctx: Ctx,
  tx: Tx,
  events: readonly Event[],
  readers: ReadonlySet<number>,
): Promise<Map<number, ToldEvent[]>> {
  const readersOf = await readersIn(ctx, tx, events, readers)
  const named = await tx.events.recipientsOf(
    events.filter(({ type }) => toldToRecipients.includes(type)).map(({ id }) => id),
    [...readers],
  )
  const wanted = events.map((event) => {
    const mayRead = readersOf.get(event.roomId ?? 0) ?? new Set<number>()
    const users = new Set([...mayRead, ...(named.get(event.id) ?? [])])
    for (const user of followers(event, readersOf)) users.delete(user)
    if (isAbout(event, readers)) users.add(event.subjectId)
    return { event, users, mayRead }
  })
  const told = wanted.filter(({ users }) => users.size > 0)
  if (told.length === 0) return new Map()
  const everybody = new Set(told.flatMap(({ users }) => [...users]))
  const places = await placesOf(
    tx,
    told.map(({ event }) => event),
    everybody,
  )
  const found = new Map<number, ToldEvent[]>()
  for (const { event, users, mayRead } of told) {
    for (const user of users) {
      const list = found.get(user) ?? []
      found.set(user, list)
      const one = toldFor(places, event, user)
      const node = mayRead.has(user) ? one.node : null
      list.push({ ...one, node, isNew: isNew(event, readersOf, user) })
    }
  }
  return found
}

/** Those of these users who may read in the rooms of these events. */
async function readersIn(
  ctx: Ctx,
  tx: Tx,
  events: readonly Event[],
  readers: ReadonlySet<number>,
): Promise<Map<number, ReadonlySet<number>>> {
  const rooms = new Set(events.flatMap((event) => [event.roomId ?? [], otherRoom(event)].flat()))
  const held = await tx.access.usersOfMany([...rooms], ctx.now)
  return new Map(
    [...held].map(([room, users]) => {
      const may = [...users].filter(([id, bits]) => readers.has(id) && has(bits, READ))
      return [room, new Set(may.map(([id]) => id))]
    }),
  )
}

type Readers = ReadonlyMap<number, ReadonlySet<number>>

/** The other of two rooms between which something was moved. */
function otherRoom({ type, roomId, data = {} }: Event): number[] {
  const other = type === 'node.moved' ? data.fromRoom : type === 'node.left' ? data.toRoom : roomId
  return typeof other === 'number' && other !== roomId ? [other] : []
}

/** Who sees where something went that has left a room: to them it has moved. */
function followers(event: Event, readersOf: Readers): Iterable<number> {
  const [to] = event.type === 'node.left' ? otherRoom(event) : []
  return readersOf.get(to ?? 0) ?? []
}

function isNew(event: Event, readersOf: Readers, user: number): boolean {
  const [from] = event.type === 'node.moved' ? otherRoom(event) : []
  return from !== undefined && !readersOf.get(from)?.has(user)
}

function isAbout(
  event: Event,
  readers: ReadonlySet<number>,
): event is Event & { readonly subjectId: number } {
  const { subjectId, type } = event
  return subjectId !== undefined && aboutUsers.includes(type) && readers.has(subjectId)
}

/** All that is needed to say where the things of some events lie. */
type Places = {
  readonly people: ReadonlyMap<number, Person>
  readonly nodes: ReadonlyMap<number, Node>
  readonly ways: ReadonlyMap<number, readonly Node[]>
  readonly roots: ReadonlyMap<number, OwnRoot>
}

async function placesOf(
  tx: Tx,
  events: readonly Event[],
  users: ReadonlySet<number>,
): Promise<Places> {
  const ids = new Set(events.flatMap((event) => [event.nodeId ?? [], parentsIn(event)].flat()))
  const nodes = new Map((await tx.nodes.findMany([...ids])).map((node) => [node.id, node]))
  const ways = await tx.nodes.ancestorsOf([...nodes.keys()])
  const actors = new Set(events.flatMap(({ actorId }) => actorId ?? []))
  const people = await tx.users.people([...actors])
  const roots = await rootsFor(tx, users, new Set([...ways].map(([id, way]) => way[0]?.id ?? id)))
  return { people, nodes, ways, roots }
}

/** The containers that an event names: where the node lies or lay. */
function parentsIn({ type, data = {} }: Event): number[] {
  const { parent, from, to } = data
  const places = type === 'node.moved' || type === 'node.copied' ? [from, to] : [parent]
  return places.flatMap((id) => (typeof id === 'number' ? [id] : []))
}

/** The own roots of these users as far as these top rooms are concerned. */
async function rootsFor(
  tx: Tx,
  users: ReadonlySet<number>,
  tops: ReadonlySet<number>,
): Promise<Map<number, OwnRoot>> {
  const homes = await tx.nodes.homesOf([...users])
  const mounts: Node[] = []
  for (const top of tops) mounts.push(...(await tx.nodes.mountsTo(top)))
  const moved = mounts.filter(({ parentId, boundaryId }) => parentId !== boundaryId)
  const ways = await tx.nodes.ancestorsOf(moved.map(({ id }) => id))
  const byHome = new Map<number, Map<number, readonly string[]>>()
  for (const mount of mounts) {
    if (mount.targetId === null || mount.deletedAt !== null) continue
    const way = ways.get(mount.id) ?? []
    const below = way.slice(way.findIndex(({ id }) => id === mount.boundaryId) + 1)
    const paths = byHome.get(mount.boundaryId) ?? new Map<number, readonly string[]>()
    byHome.set(mount.boundaryId, paths)
    paths.set(mount.targetId, [...below.map(({ name }) => name), mount.name])
  }
  return new Map(
    [...homes].map(([user, { id }]) => [
      user,
      { homeId: id, mounts: byHome.get(id) ?? new Map<number, readonly string[]>() },
    ]),
  )
}

function toldFor(
  { people, nodes, ways, roots }: Places,
  event: Event,
  user: number,
): Omit<ToldEvent, 'isNew'> {
  const { nodeId = 0, nodeName = '', actorId, data = {} } = event
  const root = roots.get(user)
  const node = nodes.get(nodeId) ?? null
  const inside = (parentId: unknown, name: string): readonly string[] | null => {
    const parent = typeof parentId === 'number' ? nodes.get(parentId) : undefined
    const above = parent && root && rootPathOf(root, ways.get(parent.id) ?? [], parent)
    return above ? [...above, name] : null
  }
  const here = node && root ? rootPathOf(root, ways.get(node.id) ?? [], node) : null
  const path = here ?? inside(data.parent ?? data.to, nodeName)
  const before =
    event.type === 'node.renamed'
      ? path && [...path.slice(0, -1), String(data.from)]
      : event.type === 'node.moved'
        ? inside(data.from, nodeName)
        : null
  return {
    event,
    actor: actorId === null ? null : personOf(people, actorId),
    node,
    path,
    oldPath: before,
  }
}
