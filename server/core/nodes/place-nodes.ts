import type { Ctx } from '../ctx.ts'
import type { Permissions } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { describeNode, describeNodes } from './describe-nodes.ts'
import { findNode } from './find-node.ts'
import type { Node, NodeRef, NodeView, OnClash } from './node.ts'
import { type BulkMode, inBulk, type Outcome } from './outcome.ts'
import { checkFacts } from './valid-facts.ts'

export type PlacedItem = {
  readonly node: NodeRef
  /** Absent: it keeps its name. */
  readonly name?: string
  readonly clientCreatedAt?: number | null
  readonly clientModifiedAt?: number | null
}

/** What moving and copying ask for. */
export type PlaceNodes = {
  readonly items: readonly PlacedItem[]
  readonly target: NodeRef
  readonly onClash: OnClash
  /** With 'overwrite': links on a file in the way point to the node that takes its place. */
  readonly keepLinks?: boolean
  readonly mode: BulkMode
  /** When copying: what is asked for on every source and on the target beside READ and CREATE. */
  readonly needed?: Permissions
  /** All must come from one container, else 'mixed-parents' (mode 'all'). */
  readonly sameParent?: boolean
}

export type PlacedNodes = { readonly target: NodeView; readonly outcomes: Outcome[] }

/** What one transaction did: the container and the nodes that are in it now, in order. */
export type Placing = { readonly target: Node; readonly ids: readonly number[] }

/**
 * Runs `work` in bulk and describes target and nodes in the transaction that changed them. A target
 * that the actor does not see is a fault of the call, not of its items.
 */
export async function placeNodes(
  ctx: Ctx,
  input: PlaceNodes,
  work: (tx: Tx, items: readonly PlacedItem[]) => Promise<Placing>,
): Promise<PlacedNodes> {
  for (const item of input.items) checkFacts(ctx, item)
  let target = await findNode(ctx, { node: input.target, role: 'target' })
  const outcomes = await inBulk(ctx, input.mode, input.items, async (items) => {
    const done = await ctx.write(async (tx) => {
      const placing = await work(tx, items)
      const rows = await tx.nodes.findMany(placing.ids)
      const byId = new Map(rows.map((row) => [row.id, row]))
      const nodes = placing.ids.flatMap((id) => byId.get(id) ?? [])
      return {
        target: await describeNode(ctx, tx, placing.target),
        views: await describeNodes(ctx, tx, nodes),
      }
    })
    target = done.target
    return items.map(({ node: ref }, at): Outcome => {
      const view = done.views[at]
      return { ref, node: view?.node, view }
    })
  })
  return { target, outcomes }
}
