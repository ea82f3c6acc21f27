import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, Tally } from './node.ts'

/** A node of the own home, with the names that lead to it from there. */
export type ManifestEntry = {
  readonly node: Node
  readonly names: readonly string[]
  /** Of rooms and folders. */
  readonly tally: Tally | undefined
}

/**
 * Everything in the own home, parents before children, in a constant number of statements. More
 * than `limits.manifestItems` is 'too-many' 'node': part of it would be taken for all.
 */
export async function homeManifest(ctx: Ctx): Promise<readonly ManifestEntry[]> {
  const { userId } = actingUser(ctx)
  const { manifestItems } = ctx.limits
  return ctx.read(async (tx) => {
    const home = (await tx.nodes.homesOf([userId])).get(userId)
    if (!home) return fault('not-found', 'node', 'room')
    // The home itself is one of them, and one more tells of too many.
    const found = await tx.nodes.firstBelow(home.id, manifestItems + 2)
    if (found.length > manifestItems + 1) {
      fault('too-many', 'node', undefined, { limit: manifestItems })
    }
    const nodes = found.filter(({ id, kind }) => id !== home.id && kind !== 'mount')
    const containers = nodes.filter(({ kind }) => kind !== 'file').map(({ id }) => id)
    const tallies = await tx.tallies.of(containers)
    const paths = new Map<number, readonly string[]>([[home.id, []]])
    return nodes.map((node) => {
      const names = [...(paths.get(node.parentId ?? 0) ?? []), node.name]
      paths.set(node.id, names)
      return { node, names, tally: tallies.get(node.id) }
    })
  })
}
