import type { Ctx } from '../ctx.ts'
import { planArchive } from '../downloads/archive-plan.ts'
import { archiveOf, type OpenArchive } from '../downloads/open-archive.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { nodeInLink } from './link-node.ts'
import { openLinkTicket } from './link-ticket.ts'
import { type LinkReading, readInLink, readLinkFile } from './read-link-file.ts'

export type ReadLinkArchive = LinkReading & {
  /** Names from the shared node down to what is wanted; default: the shared node itself. */
  readonly paths?: readonly (readonly string[])[]
}

/**
 * What a download link shows at some places, as an archive ready to be streamed: folders and files
 * that the same room governs. Counts downloads and faults as `readLinkFile`; a file is an archive
 * of one; 'too-many' 'node' above `limits.bulkItems` places.
 */
export async function readLinkArchive(ctx: Ctx, input: ReadLinkArchive): Promise<OpenArchive> {
  const { paths = [[]], ...key } = input
  const { root, tops } = await readInLink(ctx, key, async (tx, { node: root }) => ({
    root,
    tops: await placesIn(ctx, tx, root, paths),
  }))
  const [only] = tops.length === 1 ? tops : []
  const entries = await ctx.read((tx) => planArchive(ctx, tx, tops, { viewer: null }))
  return archiveOf(ctx, entries, { name: `${(only?.node ?? root).name}.zip` })
}

/** The nodes at these paths below the shared one, each once. */
export async function placesIn(
  ctx: Ctx,
  tx: Tx,
  root: Node,
  paths: readonly (readonly string[])[],
): Promise<Seen[]> {
  const limit = ctx.limits.bulkItems
  if (paths.length > limit) fault('too-many', 'node', undefined, { limit })
  const found = new Map<number, Seen>()
  for (const path of paths) {
    const node = await nodeInLink(ctx, tx, root, { path })
    found.set(node.id, { node, permissions: READ })
  }
  return [...found.values()]
}

export type LinkContent =
  | { readonly kind: 'file'; readonly file: OpenFile }
  | { readonly kind: 'archive'; readonly archive: OpenArchive }

/** The shared node itself: a file as it is, anything else as an archive. */
export async function readLinkContent(
  ctx: Ctx,
  input: { readonly ticket: string; readonly opensCipher?: boolean },
): Promise<LinkContent> {
  const { node } = await ctx.read((tx) => openLinkTicket(ctx, tx, input.ticket))
  return node.kind === 'file'
    ? { kind: 'file', file: await readLinkFile(ctx, input) }
    : { kind: 'archive', archive: await readLinkArchive(ctx, input) }
}
