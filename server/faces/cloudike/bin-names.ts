import type { NodeRef } from '../../core/nodes/node.ts'
import { refuseInput } from './refuse.ts'

/**
 * What lies in the bin has a name there that nothing else has: its own name, and its id behind the
 * last underscore. Only the id says what is meant.
 */
export function binName(node: { readonly name: string; readonly id: number }): string {
  return `${node.name}_${node.id}`
}

/** What a bin name names; any other text is refused. */
export function deletedRef(name: string): NodeRef {
  return { id: deletedId(name) }
}

export function deletedId(name: string): number {
  const [, id = ''] = /_(\d{1,16})$/.exec(name) ?? []
  return id === '' ? refuseInput('name', 'form', 'this is no name of the bin') : Number(id)
}
