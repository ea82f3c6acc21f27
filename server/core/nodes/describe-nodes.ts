import type { Ctx } from '../ctx.ts'
import { heldFrom } from '../permissions/held-on.ts'
import { ALL, type Permissions } from '../permissions/permission.ts'
import { type Viewer, viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { Ancestor, Node, NodeView, Tally } from './node.ts'
import { type OwnRoot, ownRootOf, rootPathOf } from './root-path.ts'

/**
 * What the actor is told about nodes that he sees (the caller has made sure), in their order. The
 * number of statements is the same for one node and for a thousand.
 */
export async function describeNodes(ctx: Ctx, tx: Tx, nodes: readonly Node[]): Promise<NodeView[]> {
  if (nodes.length === 0) return []
  const viewer = await viewerOf(ctx, tx)
  const facts = await gather(ctx, tx, viewer, nodes)
  return nodes.map((node) => describe(facts, node))
}

/** `describeNodes` for one. */
export async function describeNode(ctx: Ctx, tx: Tx, node: Node): Promise<NodeView> {
  const [view] = await describeNodes(ctx, tx, [node])
  return view!
}

type Facts = {
  readonly viewer: Viewer
  readonly held: ReadonlyMap<number, Permissions>
  readonly tallies: ReadonlyMap<number, Tally>
  readonly people: ReadonlyMap<number, Person>
  readonly ancestors: ReadonlyMap<number, readonly Node[]>
  readonly root: OwnRoot | null
  readonly links: ReadonlyMap<number, readonly [number, number]>
  readonly oldVersions: ReadonlyMap<number, number>
}

async function gather(ctx: Ctx, tx: Tx, viewer: Viewer, nodes: readonly Node[]): Promise<Facts> {
  const ids = nodes.map((node) => node.id)
  const files = nodes.filter((node) => node.kind === 'file').map((node) => node.id)
  const containers = nodes.filter((node) => node.kind !== 'file').map((node) => node.id)
  const ancestors = await tx.nodes.ancestorsOf(lookUpIds(nodes))
  const boundaries = distinct(nodes.map((node) => node.boundaryId))
  const nobody = viewer.userId === null
  return {
    viewer,
    held: nobody ? new Map() : await tx.access.ofMany(boundaries, viewer.userId, ctx.now),
    tallies: containers.length > 0 ? await tx.tallies.of(containers) : new Map(),
    people: await peopleOf(tx, nodes),
    ancestors: wayTo(nodes, ancestors),
    root: nobody || viewer.within !== null ? null : await ownRootOf(tx, viewer.userId),
    links: await tx.links.countOf(ids),
    oldVersions: files.length > 0 ? await tx.nodes.countOldVersions(files) : new Map(),
  }
}

/** Siblings have one way up: it is asked for once, from the first of each parent. */
function lookUpIds(nodes: readonly Node[]): number[] {
  const first = new Map<number | null, number>()
  for (const node of nodes) if (!first.has(node.parentId)) first.set(node.parentId, node.id)
  first.delete(null)
  return [...first.values()]
}

function wayTo(
  nodes: readonly Node[],
  found: ReadonlyMap<number, readonly Node[]>,
): Map<number, readonly Node[]> {
  const byParent = new Map<number | null, readonly Node[]>()
  for (const node of nodes) {
    const way = found.get(node.id)
    if (way) byParent.set(node.parentId, way)
  }
  return new Map(nodes.map((node) => [node.id, byParent.get(node.parentId) ?? []]))
}

async function peopleOf(tx: Tx, nodes: readonly Node[]): Promise<Map<number, Person>> {
  const ids = nodes.flatMap((node) => [node.createdBy, node.updatedBy])
  const known = distinct(ids.filter((id) => id !== null))
  return known.length > 0 ? tx.users.people(known) : new Map()
}

function describe(facts: Facts, node: Node): NodeView {
  const { viewer } = facts
  const way = facts.ancestors.get(node.id) ?? []
  const [downloadLinks, uploadLinks] = facts.links.get(node.id) ?? [0, 0]
  return {
    node,
    permissions:
      viewer.userId === null ? ALL : (heldFrom(viewer, node, facts.held.get(node.boundaryId)) ?? 0),
    tally: node.kind === 'file' ? fileTally(node) : (facts.tallies.get(node.id) ?? emptyTally),
    createdBy: makerOf(facts.people, node, node.createdBy),
    updatedBy: makerOf(facts.people, node, node.updatedBy),
    ancestors: seenWay(way, viewer.within).map(ancestorOf),
    rootPath: facts.root === null ? null : rootPathOf(facts.root, way, node),
    downloadLinks,
    uploadLinks,
    oldVersions: facts.oldVersions.get(node.id) ?? 0,
    isFavorite: false,
    mountId: null,
  }
}

const emptyTally: Tally = {
  rooms: 0,
  folders: 0,
  files: 0,
  size: 0,
  revision: 0,
  listing: 0,
  changedAt: 0,
}

function fileTally(node: Node): Tally {
  return { ...emptyTally, size: node.content?.size ?? 0, changedAt: node.updatedAt }
}

/** Above the node of an export nothing is told; `within` itself has no way at all. */
export function seenWay(way: readonly Node[], within: number | null): readonly Node[] {
  if (within === null) return way
  const start = way.findIndex((node) => node.id === within)
  return start < 0 ? [] : way.slice(start)
}

export function ancestorOf({ id, name, kind }: Node): Ancestor {
  return { id, name, kind }
}

/** Rooms without a maker come from the installation, other nodes from somebody without account. */
function makerOf(people: ReadonlyMap<number, Person>, node: Node, id: number | null): Person {
  const person = personOf(people, id)
  return id === null && node.kind === 'room' ? { ...person, kind: 'system' } : person
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)]
}
