import type { Ctx } from '../ctx.ts'
import { planArchive } from '../downloads/archive-plan.ts'
import { archiveOf, type OpenArchive } from '../downloads/open-archive.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { READ } from '../permissions/permission.ts'
import { nodeInLink } from './link-node.ts'
import { openLinkTicket } from './link-ticket.ts'
import { type ReadLinkFile, readInLink, readLinkFile } from './read-link-file.ts'

/**
 * What a download link shows at a place, as an archive ready to be streamed: folders and files that
 * the same room governs. Counts downloads and faults as `readLinkFile`; a file is an archive of
 * one.
 */
export async function readLinkArchive(ctx: Ctx, input: ReadLinkFile): Promise<OpenArchive> {
  const node = await readInLink(ctx, input, (tx, entered) =>
    nodeInLink(ctx, tx, entered.node, input),
  )
  const tops = [{ node, permissions: READ }]
  const entries = await ctx.read((tx) => planArchive(ctx, tx, tops, { viewer: null }))
  return archiveOf(ctx, entries, { name: `${node.name}.zip` })
}

export type LinkContent =
  | { readonly kind: 'file'; readonly file: OpenFile }
  | { readonly kind: 'archive'; readonly archive: OpenArchive }

/** The shared node itself: a file as it is, anything else as an archive. */
export async function readLinkContent(
  ctx: Ctx,
  input: { readonly ticket: string },
): Promise<LinkContent> {
  const { node } = await ctx.read((tx) => openLinkTicket(ctx, tx, input.ticket))
  return node.kind === 'file'
    ? { kind: 'file', file: await readLinkFile(ctx, input) }
    : { kind: 'archive', archive: await readLinkArchive(ctx, input) }
}
