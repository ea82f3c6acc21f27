import type { NodeView } from '../../core/nodes/node.ts'
import type { Meta } from './generated/shapes.ts'
import { presentMeta } from './present-meta.ts'

/** The one node of a call about one node: it has a view, or there was a fault. */
export function presentOutcome(outcomes: readonly { readonly view?: NodeView }[]): Meta {
  const view = outcomes[0]?.view
  if (!view) throw new Error('a call about one node answered with none')
  return presentMeta(view)
}
