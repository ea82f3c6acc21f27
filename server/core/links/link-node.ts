import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isExpired, type Node } from '../nodes/node.ts'
import { childNamed } from '../nodes/resolve.ts'
import type { Tx } from '../store.ts'
import { type LinkPurpose, servesFor } from './needed-to-share.ts'

/** A place below the node of a link: names from it down, or an id. Neither: the node itself. */
export type LinkPlace = { readonly path?: readonly string[]; readonly nodeId?: number }

/**
 * A node that a link shows: the shared one, or a folder or file below it that the same room
 * governs. Anything else, outside or in a room of its own, is 'not-found' 'node'.
 */
export async function nodeInLink(
  ctx: Ctx,
  tx: Tx,
  root: Node,
  { path = [], nodeId }: LinkPlace,
): Promise<Node> {
  if (path.length > ctx.limits.pathDepth) return fault('not-found', 'node')
  const start = nodeId === undefined ? root : await byId(ctx, tx, root, nodeId)
  let node: Node | undefined = start
  for (const name of path) {
    const child: Node | undefined = node && (await childNamed(tx, node, name))
    node = child && isShown(ctx, root, child) ? child : undefined
  }
  return node ?? fault('not-found', 'node')
}

/**
 * Where files may come in: a container that the link shows. One for uploads alone shows nothing but
 * its node. Anything else is 'not-found' 'node'.
 */
export async function folderInLink(
  ctx: Ctx,
  tx: Tx,
  link: LinkPurpose,
  root: Node,
  place: LinkPlace,
): Promise<Node> {
  const node = await nodeInLink(ctx, tx, root, place)
  const isShown = node.id === root.id || servesFor(link, 'download')
  return isShown && node.kind !== 'file' ? node : fault('not-found', 'node')
}

async function byId(ctx: Ctx, tx: Tx, root: Node, id: number): Promise<Node | undefined> {
  if (id === root.id) return root
  const node = Number.isSafeInteger(id) && id > 0 ? await tx.nodes.find(id) : undefined
  if (!node || !isShown(ctx, root, node)) return undefined
  return (await tx.nodes.isWithin(node.id, root.id)) ? node : undefined
}

/** Rooms within a shared room have members of their own: they are not shared along. */
function isShown(ctx: Ctx, root: Node, node: Node): boolean {
  const isKind = node.kind === 'folder' || node.kind === 'file'
  return isKind && node.boundaryId === root.boundaryId && !isExpired(node, ctx.now)
}

/** Bytes that a link shows below a node: without those of rooms within a shared room. */
export async function shownBytes(tx: Tx, node: Node, now: number): Promise<number> {
  if (node.kind === 'file') return node.content?.size ?? 0
  const tally = (await tx.tallies.of([node.id])).get(node.id)
  if (!tally || tally.rooms === 0) return tally?.size ?? 0
  const rooms = await tx.nodes.children(
    {
      parentId: node.id,
      filter: { kinds: ['room'] },
      sort: { by: 'name', descending: false },
      visibleTo: null,
      now,
    },
    { skip: 0, limit: tally.rooms },
  )
  const inside = await tx.tallies.of(rooms.map((room) => room.id))
  return [...inside.values()].reduce((size, one) => size - one.size, tally.size)
}
