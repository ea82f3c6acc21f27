import type { Ctx } from '../ctx.ts'
import type { NodeRef } from '../nodes/node.ts'
import { type BulkMode, inBulk, type Outcome } from '../nodes/outcome.ts'
import { DELETE_TRASH } from '../permissions/permission.ts'
import { deletedEntry } from './deleted-entry.ts'
import { purgeEntry, purgeNodeEntries } from './purge-entries.ts'

export type PurgeDeleted = {
  /** As `deletedEntry` takes them. */
  readonly nodes: readonly NodeRef[]
  /** Nodes with all their versions, not the one version that a reference means. */
  readonly whole?: boolean
  readonly mode: BulkMode
}

/** Removes things out of the trash for good: DELETE_TRASH in their room. */
export async function purgeDeleted(ctx: Ctx, input: PurgeDeleted): Promise<Outcome[]> {
  const items = input.nodes.map((node) => ({ node }))
  return inBulk(ctx, input.mode, items, (some) =>
    ctx.write(async (tx) => {
      await tx.nodes.lockTree()
      const outcomes: Outcome[] = []
      for (const { node: ref } of some) {
        const entry = await deletedEntry(ctx, tx, ref, DELETE_TRASH)
        if (input.whole) await purgeNodeEntries(ctx, tx, [entry], ctx.now)
        else await purgeEntry(ctx, tx, entry)
        outcomes.push({ ref, node: entry.node })
      }
      return outcomes
    }),
  )
}
