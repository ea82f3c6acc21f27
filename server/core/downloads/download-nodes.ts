import type { Ctx } from '../ctx.ts'
import { type ArchiveInput, archivedNodes, openArchive } from './open-archive.ts'
import { type OrderedArchive, orderArchive } from './order-archive.ts'
import { type FileToRead, readFile } from './read-file.ts'

export type Download =
  | { readonly kind: 'file'; readonly file: FileToRead }
  | { readonly kind: 'archive'; readonly ordered: OrderedArchive; readonly size: number }

export type DownloadNodes = Pick<ArchiveInput, 'nodes'> & {
  /** Of one file, as in `readFile`. */
  readonly peek?: boolean
}

/**
 * One file as it is, ready to be streamed; anything else as an archive that was ordered, with its
 * size as of now. Faults as `openArchive`.
 */
export async function downloadNodes(ctx: Ctx, { nodes, peek }: DownloadNodes): Promise<Download> {
  const tops = await ctx.read((tx) => archivedNodes(ctx, tx, { nodes }))
  const [only] = tops.length === 1 ? tops : []
  if (only?.node.kind === 'file') {
    return { kind: 'file', file: await readFile(ctx, { node: { id: only.node.id }, peek }) }
  }
  const { size } = await openArchive(ctx, { nodes })
  return { kind: 'archive', ordered: await orderArchive(ctx, { nodes }), size }
}
