import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Group } from './group.ts'

/**
 * A group that nobody else changes until the transaction ends, nor what follows from it: takes
 * `lockTree`. Faults 'not-found' 'group'.
 */
export async function lockedGroup(tx: Tx, id: number): Promise<Group> {
  await tx.nodes.lockTree()
  const group = Number.isSafeInteger(id) ? await tx.groups.find(id) : undefined
  return group ?? fault('not-found', 'group', undefined, { group: id })
}
