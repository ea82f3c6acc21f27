import type { Node, NodeRef } from '../../core/nodes/node.ts'
import { refuseInput } from './refuse.ts'

/**
 * A node as the wire names it. There the id of a file changes with every version, so it is the
 * id of the current version; a container keeps its own. What never changes is `referenceId`.
 */
export function nodeRef(id: number): NodeRef {
  return { currentId: id }
}

export function nodeRefs(ids: readonly number[]): NodeRef[] {
  return ids.map(nodeRef)
}

/** A parent as the wire names it: 0 or nothing is the top level, null here. */
export function parentRef(id: number | undefined): NodeRef | null {
  return id === undefined || id === 0 ? null : nodeRef(id)
}

export function nodeId(node: Node): number {
  return node.currentId
}

/** An id of something other than a node: those count from one. */
export function positiveId(id: number, field: string): number {
  return id > 0 ? id : refuseInput(field, 'positive', 'a positive number is needed')
}

/** Ids on the wire for those who have no account (dossier 5: -1 is an external person). */
export const externalId = -1
export const systemId = 0

/** The single tenant of an installation counts from one, like the wire's customers. */
export function customerId(tenantId: number): number {
  return tenantId
}
