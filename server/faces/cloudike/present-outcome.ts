import type { Fault } from '../../core/fault.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import type { Outcome } from '../../core/nodes/outcome.ts'
import type { Meta, NodeOutcomes } from './generated/shapes.ts'
import { presentMeta } from './present-meta.ts'

/** The one node of a call about one node: it has a view, or there was a fault. */
export function presentOutcome(outcomes: readonly { readonly view?: NodeView }[]): Meta {
  const view = outcomes[0]?.view
  if (!view) throw new Error('a call about one node answered with none')
  return presentMeta(view)
}

/** What became of each of several nodes, by the paths that were sent; the call never fails. */
export function presentOutcomes(
  outcomes: readonly Outcome[],
  paths: readonly string[],
  more: Partial<Meta> = {},
): NodeOutcomes {
  const nodes = outcomes.map(({ view, fault }, at) => ({
    ...(view ? { ...presentMeta(view), ...more } : {}),
    path: paths[at] ?? '',
    error_code: fault ? statusOf(fault) : null,
  }))
  const failed = nodes.filter((node) => node.error_code !== null).length
  return { success: nodes.length - failed, failed, nodes }
}

/** Only these two are documented (params, C099). */
function statusOf({ code }: Fault): 403 | 404 {
  return code === 'not-found' ? 404 : 403
}
