import type { Ctx } from '../ctx.ts'
import type { Link } from '../links/link.ts'
import { shownBytes } from '../links/link-node.ts'
import { neededToManage } from '../links/needed-to-share.ts'
import { publicNode } from '../links/public-link.ts'
import { heldFrom } from '../permissions/held-on.ts'
import { ALL, has, type Permissions } from '../permissions/permission.ts'
import { type Viewer, viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import {
  type Ancestor,
  emptyTally,
  type Node,
  type NodeView,
  type OpenTo,
  type Tally,
} from './node.ts'
import type { Marks } from './node-store.ts'
import { type OwnRoot, ownRootOf, rootPathOf } from './root-path.ts'

/**
 * What the actor is told about nodes that he sees (the caller has made sure), in their order. The
 * number of statements is the same for one node and for a thousand; for visitors folders with rooms
 * in them cost more.
 */
export async function describeNodes(ctx: Ctx, tx: Tx, nodes: readonly Node[]): Promise<NodeView[]> {
  if (nodes.length === 0) return []
  const viewer = await viewerOf(ctx, tx)
  const facts = await gather(ctx, tx, viewer, nodes)
  const views = nodes.map((node) => describe(facts, node))
  return viewer.shown ? Promise.all(views.map((view) => shownTo(ctx, tx, viewer, view))) : views
}

/** `describeNodes` for one. */
export async function describeNode(ctx: Ctx, tx: Tx, node: Node): Promise<NodeView> {
  const [view] = await describeNodes(ctx, tx, [node])
  return view!
}

/**
 * `describeNode` for a file that was made just now and whose way down from its top room is known:
 * nothing is linked to it and nothing is older, so most of the statements can be left out.
 */
export async function describeNewFile(
  ctx: Ctx,
  tx: Tx,
  { node, permissions }: { readonly node: Node; readonly permissions: Permissions },
  way: readonly Node[],
): Promise<NodeView> {
  const viewer = await viewerOf(ctx, tx)
  const ancestors = new Map([[node.id, way]])
  const outer = viewer.userId === null ? [] : distinct(way.flatMap(outerOf))
  const around = await (outer.length > 0
    ? tx.access.ofMany(outer, viewer.userId!, ctx.now)
    : new Map<number, Permissions>())
  const facts: Facts = {
    viewer,
    held: new Map([...around, [node.boundaryId, permissions]]),
    tallies: new Map(),
    people: await peopleOf(tx, [node], ancestors),
    ancestors,
    root: await rootAbove(tx, viewer, way),
    links: new Map(),
    tokens: new Map(),
    oldVersions: new Map(),
    marks: new Map(),
  }
  const view = describe(facts, node)
  return viewer.shown ? shownTo(ctx, tx, viewer, view) : view
}

/** A visitor is told of no people, and of nothing but what his link shows. */
async function shownTo(
  ctx: Ctx,
  tx: Tx,
  { within, shown }: Viewer,
  view: NodeView,
): Promise<NodeView> {
  const { node } = view
  // Where nothing may be read, not even how much there is.
  const tally = shown?.isAlone && node.kind !== 'file' ? emptyTally : view.tally
  const nobody = personOf(new Map(), null)
  const size = tally.rooms === 0 ? tally.size : await shownBytes(tx, node, ctx.now)
  return {
    ...view,
    node: { ...publicNode(node), parentId: node.id === within ? null : node.parentId },
    tally: { ...tally, rooms: 0, size },
    createdBy: nobody,
    updatedBy: nobody,
    owner: nobody,
    downloadLinks: 0,
    uploadLinks: 0,
    linkToken: null,
    oldVersions: 0,
    comments: 0,
    isFavorite: false,
  }
}

/** Where the way leads through the own home, nothing has to be asked. */
async function rootAbove(
  tx: Tx,
  { userId, within }: Viewer,
  way: readonly Node[],
): Promise<OwnRoot | null> {
  if (userId === null || within !== null) return null
  const home = way.find(({ homeOf }) => homeOf === userId)
  return home ? { homeId: home.id, mounts: new Map() } : ownRootOf(tx, userId)
}

type Facts = {
  readonly viewer: Viewer
  readonly held: ReadonlyMap<number, Permissions>
  readonly tallies: ReadonlyMap<number, Tally>
  readonly people: ReadonlyMap<number, Person>
  readonly ancestors: ReadonlyMap<number, readonly Node[]>
  readonly root: OwnRoot | null
  readonly links: ReadonlyMap<number, readonly [number, number]>
  readonly tokens: ReadonlyMap<number, LinkToken>
  readonly oldVersions: ReadonlyMap<number, number>
  readonly marks: ReadonlyMap<number, Marks>
}

async function gather(ctx: Ctx, tx: Tx, viewer: Viewer, nodes: readonly Node[]): Promise<Facts> {
  const ids = nodes.map((node) => node.id)
  const files = nodes.filter((node) => node.kind === 'file').map((node) => node.id)
  const containers = nodes.filter((node) => node.kind !== 'file').map((node) => node.id)
  const ancestors = await tx.nodes.ancestorsOf(lookUpIds(nodes))
  const around = [...ancestors.values(), nodes].flatMap((line) => line.flatMap(outerOf))
  const boundaries = distinct([...nodes.map((node) => node.boundaryId), ...around])
  const nobody = viewer.userId === null
  const links = await tx.links.countOf(ids)
  return {
    viewer,
    held: nobody ? new Map() : await tx.access.ofMany(boundaries, viewer.userId, ctx.now),
    tallies: containers.length > 0 ? await tx.tallies.of(containers) : new Map(),
    people: await peopleOf(tx, nodes, ancestors),
    ancestors: wayTo(nodes, ancestors),
    root: nobody || viewer.within !== null ? null : await ownRootOf(tx, viewer.userId),
    links,
    tokens: await tokensOf(ctx, tx, [...links.keys()]),
    oldVersions: files.length > 0 ? await tx.nodes.countOldVersions(files) : new Map(),
    marks: await tx.nodes.marksOf(ids, viewer.userId),
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

async function peopleOf(
  tx: Tx,
  nodes: readonly Node[],
  ancestors: ReadonlyMap<number, readonly Node[]>,
): Promise<Map<number, Person>> {
  const owners = [...ancestors.values()].map((way) => ownerOf(way))
  const ids = nodes.flatMap((node) => [node.createdBy, node.updatedBy, ownerOf([node])])
  ids.push(...owners)
  const known = distinct(ids.filter((id) => id !== null))
  return known.length > 0 ? tx.users.people(known) : new Map()
}

type LinkToken = { readonly link: Link; readonly token: string }

/** Asked only where there are links, which is seldom. */
async function tokensOf(
  ctx: Ctx,
  tx: Tx,
  linked: readonly number[],
): Promise<ReadonlyMap<number, LinkToken>> {
  if (linked.length === 0) return new Map()
  const oldest = await tx.links.oldestOf(linked, ctx.now)
  return new Map(
    oldest.map((link) => [link.nodeId, { link, token: ctx.secrets.unseal(link.sealedToken) }]),
  )
}

/** Whose home the way leads through; else who made the top room. */
export function ownerOf(way: readonly Node[]): number | null {
  const home = way.find((node) => node.homeOf !== null)
  return home?.homeOf ?? way[0]?.createdBy ?? null
}

function linkTokenFor(held: Permissions, found: LinkToken | undefined): string | null {
  return found && has(held, neededToManage(found.link)) ? found.token : null
}

function openTo(link: Link | undefined): OpenTo {
  if (!link) return 'nobody'
  const { kind, takesUploads, recipient, isProtected } = link
  const isToLookAt = kind === 'download' && !takesUploads
  return isToLookAt && recipient === null && !isProtected ? 'everybody' : 'visitors'
}

function describe(facts: Facts, node: Node): NodeView {
  const { viewer } = facts
  const way = facts.ancestors.get(node.id) ?? []
  const [downloadLinks, uploadLinks] = facts.links.get(node.id) ?? [0, 0]
  const permissions =
    viewer.userId === null ? ALL : (heldFrom(viewer, node, facts.held.get(node.boundaryId)) ?? 0)
  const line = [...way, node]
  const start = startOf(facts, line)
  return {
    node: start > 0 && start === way.length ? { ...node, parentId: null } : node,
    permissions,
    tally: node.kind === 'file' ? fileTally(node) : (facts.tallies.get(node.id) ?? emptyTally),
    createdBy: makerOf(facts.people, node, node.createdBy),
    updatedBy: makerOf(facts.people, node, node.updatedBy),
    owner: makerOf(facts.people, line[0]!, ownerOf(line)),
    ancestors: seenWay(line.slice(start, -1), viewer.within).map(ancestorOf),
    rootPath: facts.root === null ? null : rootPathOf(facts.root, way, node),
    downloadLinks,
    uploadLinks,
    linkToken: linkTokenFor(permissions, facts.tokens.get(node.id)),
    ...(node.kind === 'room' ? { openTo: openTo(facts.tokens.get(node.id)?.link) } : {}),
    classification: node.classification ?? roomOf(line, node)?.classification ?? null,
    oldVersions: facts.oldVersions.get(node.id) ?? 0,
    comments: facts.marks.get(node.id)?.comments ?? 0,
    isFavorite: facts.marks.get(node.id)?.isFavorite ?? false,
    mountId: null,
  }
}

/**
 * From where on the viewer is told of a line: of nothing around a room that stands alone, unless he
 * holds something there.
 */
function startOf({ viewer, held }: Facts, line: readonly Node[]): number {
  if (viewer.userId === null) return 0
  const alone = line.findLastIndex((each) => outerOf(each).some((id) => !held.get(id)))
  return Math.max(0, alone)
}

/** The room around one that stands alone. */
function outerOf({ room }: Node): number[] {
  return room === null || room.outerId === null ? [] : [room.outerId]
}

function roomOf(line: readonly Node[], { boundaryId }: Node): Node | undefined {
  return line.find(({ id }) => id === boundaryId)
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
