import { expect } from 'vitest'
import type { NodeWorld } from '../suites/node-world.suite.ts'
import type { Node, Tally } from './node.ts'

/**
 * Counts everything below a container again and compares: kept counters, boundaries, no live child
 * below anything that is not live. Answers the bytes below.
 */
export async function checkTallies(world: NodeWorld, rootId: number): Promise<number> {
  const { rows, tallies } = await world.asSystem().read(async (tx) => {
    const found = await tx.nodes.subtree(rootId)
    const containers = found.filter(({ kind }) => kind === 'room' || kind === 'folder')
    return { rows: found, tallies: await tx.tallies.of(containers.map(({ id }) => id)) }
  })
  const sizes = new Map<number, number>()
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows.toReversed()) addSize(sizes, row)
  for (const row of rows) {
    const tally = tallies.get(row.id)
    if (tally) expect(counted(tally), row.name).toEqual(countedAgain(rows, row, sizes))
    const parent = byId.get(row.parentId ?? 0)
    if (parent && row.kind !== 'room') expect(row.boundaryId, row.name).toBe(parent.boundaryId)
  }
  return sizes.get(rootId) ?? 0
}

function addSize(sizes: Map<number, number>, row: Node): void {
  const size = (sizes.get(row.id) ?? 0) + (row.content?.size ?? 0)
  sizes.set(row.id, size)
  const above = row.parentId ?? 0
  sizes.set(above, (sizes.get(above) ?? 0) + size)
}

function counted({ rooms, folders, files, size }: Tally) {
  return { rooms, folders, files, size }
}

function countedAgain(rows: readonly Node[], container: Node, sizes: ReadonlyMap<number, number>) {
  const count = (kind: Node['kind']) =>
    rows.filter((row) => row.parentId === container.id && row.kind === kind).length
  return {
    rooms: count('room'),
    folders: count('folder'),
    files: count('file'),
    size: sizes.get(container.id) ?? 0,
  }
}
