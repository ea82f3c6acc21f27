import type { Tx } from '../store.ts'
import type { Node } from './node.ts'

/** A user's own root: his home and where the rooms of others stand in it. */
export type OwnRoot = {
  readonly homeId: number
  /** Names from the home to the mount of a room, by the room's id. */
  readonly mounts: ReadonlyMap<number, readonly string[]>
}

/** The root of a user; null for one without a home. Three statements at most. */
export async function ownRootOf(tx: Tx, userId: number): Promise<OwnRoot | null> {
  const home = (await tx.nodes.homesOf([userId])).get(userId)
  if (!home) return null
  const mounts = await tx.nodes.mountsOf(home.id)
  const moved = mounts.filter((mount) => mount.parentId !== home.id).map((mount) => mount.id)
  const ways = moved.length > 0 ? await tx.nodes.ancestorsOf(moved) : new Map<number, Node[]>()
  const paths = mounts.flatMap((mount) =>
    mount.targetId === null
      ? []
      : [[mount.targetId, pathTo(home.id, ways.get(mount.id) ?? [], mount)] as const],
  )
  return { homeId: home.id, mounts: new Map(paths) }
}

function pathTo(homeId: number, way: readonly Node[], mount: Node): readonly string[] {
  const below = way.slice(way.findIndex((node) => node.id === homeId) + 1)
  return [...below.map((node) => node.name), mount.name]
}

/**
 * Names from the own root to a node, given the way from its top room down to its parent; null where
 * it stands neither in the home nor below a mount.
 */
export function rootPathOf(
  root: OwnRoot,
  way: readonly Node[],
  node: Node,
): readonly string[] | null {
  const whole = [...way, node]
  const at = whole.findIndex(({ id }) => id === root.homeId || root.mounts.has(id))
  const start = whole[at]
  if (!start) return null
  const below = whole.slice(at + 1).map(({ name }) => name)
  return start.id === root.homeId ? below : [...(root.mounts.get(start.id) ?? []), ...below]
}
