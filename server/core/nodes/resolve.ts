import { checkName } from '../../lib/names/name.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Node, NodeRef } from './node.ts'

/**
 * The live node that a reference means, a mount replaced by the room it shows; undefined when there
 * is none. Says nothing about whether the actor may see it: see `visible`.
 */
export async function resolve(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node | undefined> {
  const entry = await resolveEntry(ctx, tx, ref)
  return entry?.kind === 'mount' ? shownBy(tx, entry) : entry
}

/** `resolve` for what is about the entry itself: a mount stays a mount (of the actor only). */
export async function resolveEntry(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node | undefined> {
  if ('path' in ref) return walk(ctx, tx, ref)
  const node = 'id' in ref ? await byId(tx, ref.id) : await byCurrent(tx, ref.currentId)
  if (node?.kind !== 'mount') return node
  const home = await ownRoot(ctx, tx)
  return home?.id === node.boundaryId ? node : undefined
}

/** The node in which the actor's paths start: the home of a user, that of an export or a link. */
export async function ownRoot(ctx: Ctx, tx: Tx): Promise<Node | undefined> {
  const { actor } = ctx
  if ('nodeId' in actor) return tx.nodes.find(actor.nodeId)
  if (actor.kind !== 'user') return undefined
  return (await tx.nodes.homesOf([actor.userId])).get(actor.userId)
}

/** The child of this name, as it is (mounts stay mounts). A text that is no name has none. */
export async function childNamed(tx: Tx, parent: Node, name: string): Promise<Node | undefined> {
  if (parent.kind === 'file' || 'rule' in checkName(name)) return undefined
  return tx.nodes.findChild(parent.id, nameKey(name))
}

/** The room that a mount shows, if it is there still. */
export async function shownBy(tx: Tx, mount: Node): Promise<Node | undefined> {
  return mount.targetId === null ? undefined : tx.nodes.find(mount.targetId)
}

async function walk(
  ctx: Ctx,
  tx: Tx,
  ref: { path: readonly string[]; from?: number },
): Promise<Node | undefined> {
  if (ref.path.length > ctx.limits.pathDepth) return undefined
  let entry =
    ref.from === undefined ? await ownRoot(ctx, tx) : await resolveEntry(ctx, tx, { id: ref.from })
  for (const name of ref.path) {
    const inside = entry?.kind === 'mount' ? await shownBy(tx, entry) : entry
    if (!inside) return undefined
    entry = await childNamed(tx, inside, name)
  }
  return entry
}

async function byId(tx: Tx, id: number): Promise<Node | undefined> {
  return isId(id) ? tx.nodes.find(id) : undefined
}

async function byCurrent(tx: Tx, id: number): Promise<Node | undefined> {
  return isId(id) ? tx.nodes.findByCurrent(id) : undefined
}

function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0
}
