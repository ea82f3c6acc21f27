import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { NodeFilter, NodeKind, Tally } from './node.ts'
import type { ChildrenQuery } from './node-store.ts'

/**
 * How many items a listing has in all. Folders and files without a filter are read from the tally,
 * less those that have expired and are not swept yet: a folder of a million costs no more than one
 * of ten. Everything else is counted.
 */
export async function countChildren(
  ctx: Ctx,
  tx: Tx,
  query: ChildrenQuery,
  filter: NodeFilter | undefined,
  tally: Tally | undefined,
): Promise<number> {
  const kinds = query.filter.kinds ?? []
  if (!tally || query.parentId === null || !isByKindOnly(filter)) {
    return tx.nodes.countChildren(query)
  }
  const kept = kinds.filter((kind) => kind === 'folder' || kind === 'file')
  const counted = kinds.filter((kind) => kind === 'room' || kind === 'mount')
  const expired = kept.length > 0 ? await tx.nodes.countExpired(query.parentId, kept, ctx.now) : 0
  const others =
    counted.length > 0 && mayHave(tally, counted)
      ? await tx.nodes.countChildren({ ...query, filter: { ...query.filter, kinds: counted } })
      : 0
  const inTally = kept.reduce(
    (sum, kind) => sum + (kind === 'file' ? tally.files : tally.folders),
    0,
  )
  return inTally - expired + others
}

function isByKindOnly(filter: NodeFilter = {}): boolean {
  return Object.entries(filter).every(([name, value]) => name === 'kinds' || value === undefined)
}

function mayHave(tally: Tally, kinds: readonly NodeKind[]): boolean {
  return tally.rooms > 0 || kinds.includes('mount')
}
