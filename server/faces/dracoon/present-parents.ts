import type { Ancestor } from '../../core/nodes/node.ts'
import type { NodeParentList } from './generated/shapes.ts'

/** The way from the top room down, each with the id of the one above it. */
export function presentParents(ancestors: readonly Ancestor[]): NodeParentList {
  return {
    items: ancestors.map(({ id, name, kind }, at) => ({
      id,
      name,
      type: kind === 'mount' ? 'room' : kind,
      parentId: ancestors[at - 1]?.id,
    })),
  }
}
