import type { Ctx } from '../ctx.ts'
import { type Fault, fault, isFault } from '../fault.ts'
import type { Node, NodeRef, NodeView } from './node.ts'

/** What became of one of several nodes; with mode 'all' there is never a fault in it. */
export type Outcome = {
  readonly ref: NodeRef
  readonly node?: Node
  readonly view?: NodeView
  readonly fault?: Fault
}

/** All or none in one transaction, or each for itself. */
export type BulkMode = 'all' | 'each'

/**
 * Runs `work` on the items as one (mode 'all': what it throws is thrown on) or one by one (mode
 * 'each': a fault becomes the outcome of its item). Faults 'too-many' above `limits.bulkItems`.
 */
export async function inBulk<T extends { readonly node: NodeRef }>(
  ctx: Ctx,
  mode: BulkMode,
  items: readonly T[],
  work: (items: readonly T[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  if (items.length > ctx.limits.bulkItems) fault('too-many', 'node')
  if (mode === 'all') return items.length === 0 ? [] : work(items)
  const outcomes: Outcome[] = []
  for (const item of items) outcomes.push(...(await alone(item, work)))
  return outcomes
}

async function alone<T extends { readonly node: NodeRef }>(
  item: T,
  work: (items: readonly T[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  try {
    return await work([item])
  } catch (error) {
    if (isFault(error)) return [{ ref: item.node, fault: error }]
    throw error
  }
}
