import type { Tx } from '../store.ts'
import type { Node } from './node.ts'

/** From the top room down to a live node, itself the last; empty for none. */
export async function lineTo(tx: Tx, node: Node | null): Promise<Node[]> {
  return node === null ? [] : [...(await tx.nodes.ancestors(node.id)), node]
}

/** The home that a line leads through, else its top room. */
export function ownerRoom(line: readonly Node[]): Node | undefined {
  return line.find(({ homeOf }) => homeOf !== null) ?? line[0]
}
