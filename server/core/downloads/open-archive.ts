import { Readable } from 'node:stream'
import { zipLength } from '../../lib/zip/zip-length.ts'
import { zipStream } from '../../lib/zip/zip-stream.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeKind, NodeRef } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { type ArchiveEntry, planArchive } from './archive-plan.ts'
import { openContent } from './open-content.ts'

export type ArchiveInput = {
  /** At least one. */
  readonly nodes: readonly NodeRef[]
  /** What may be chosen; default: everything. Any other is 'wrong-kind' 'node' 'target'. */
  readonly kinds?: readonly NodeKind[]
}

/** Several nodes as one file that is made while it is read. */
export type OpenArchive = {
  /** Ends in '.zip'. */
  readonly name: string
  /** Bytes of the whole archive. */
  readonly size: number
  readonly files: number
  /** The bytes from the first to the last; there is no other way to read them. */
  open(): Promise<Readable>
}

/**
 * An archive (ZIP, not packed) of nodes, ready to be streamed: READ on each of them, else the fault
 * of `visible` or 'forbidden' 'node' 'target'. Below them it holds what the actor may read then.
 * Faults 'invalid' 'body' for none, 'too-many' 'node' for too many nodes or entries.
 */
export async function openArchive(ctx: Ctx, input: ArchiveInput): Promise<OpenArchive> {
  return ctx.read(async (tx) => {
    const tops = await archivedNodes(ctx, tx, input)
    return archiveOf(ctx, await planArchive(ctx, tx, tops, { viewer: await viewerOf(ctx, tx) }), {
      name: await archiveName(tx, tops),
    })
  })
}

/** The chosen nodes, each once, where all of them may be read. */
export async function archivedNodes(ctx: Ctx, tx: Tx, input: ArchiveInput): Promise<Seen[]> {
  const { nodes, kinds } = input
  const limit = ctx.limits.bulkItems
  if (nodes.length === 0) fault('invalid', 'body', undefined, { field: 'nodes', rule: 'required' })
  if (nodes.length > limit) fault('too-many', 'node', undefined, { limit })
  const found = new Map<number, Seen>()
  for (const ref of nodes) {
    const seen = await visible(ctx, tx, ref, 'target')
    if (kinds && !kinds.includes(seen.node.kind)) fault('wrong-kind', 'node', 'target')
    permit(seen.permissions, READ, 'target')
    found.set(seen.node.id, seen)
  }
  return [...found.values()]
}

/** After the one node, or after what several lie in together. */
export async function archiveName(tx: Tx, tops: readonly Seen[]): Promise<string> {
  const [first, ...others] = tops.map(({ node }) => node)
  if (!first || others.length === 0) return `${first?.name ?? 'Archive'}.zip`
  const isOne = others.every(({ parentId }) => parentId === first.parentId)
  const parent = isOne && first.parentId !== null ? await tx.nodes.find(first.parentId) : undefined
  return `${parent?.name ?? 'Archive'}.zip`
}

/** The archive of a plan. Contents are looked up one by one, when their turn comes. */
export function archiveOf(
  ctx: Ctx,
  entries: readonly ArchiveEntry[],
  { name }: { readonly name: string },
): OpenArchive {
  const bytesOf = async ({ path, content, modifiedAt }: ArchiveEntry) => {
    if (!content) return Readable.from([])
    return openContent(ctx, { name: path, content, modifiedAt }).open()
  }
  return {
    name,
    size: zipLength(entries),
    files: entries.filter(({ content }) => content !== null).length,
    open: async () => Readable.from(zipStream(entries, bytesOf), { objectMode: false }),
  }
}
