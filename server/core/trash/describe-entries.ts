import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { TrashEntry, TrashEntryView, TrashPath } from './trash-entry.ts'

/** Entries with people and places, in their order, in a constant number of statements. */
export async function describeEntries(
  tx: Tx,
  entries: readonly TrashEntry[],
): Promise<TrashEntryView[]> {
  if (entries.length === 0) return []
  const paths = await pathsOf(
    tx,
    entries.map(({ node }) => node.parentId ?? 0),
  )
  const rooms = await tx.nodes.findMany([...new Set(entries.map(({ node }) => node.boundaryId))])
  const classes = new Map(rooms.map((room) => [room.id, room.classification]))
  const ids = entries.flatMap((entry) => [madeBy(entry), changedBy(entry), entry.deletedBy])
  const people = await tx.users.people([...new Set(ids.filter((id) => id !== null))])
  return entries.map((entry) => ({
    ...entry,
    parentPath: paths.get(entry.node.parentId ?? 0) ?? [],
    createdByPerson: personOf(people, madeBy(entry)),
    updatedByPerson: personOf(people, changedBy(entry)),
    deletedByPerson: personOf(people, entry.deletedBy),
    classification: entry.node.classification ?? classes.get(entry.node.boundaryId) ?? null,
  }))
}

const madeBy = ({ node, version }: TrashEntry) => (version ? version.createdBy : node.createdBy)
const changedBy = ({ node, version }: TrashEntry) => (version ? version.createdBy : node.updatedBy)

/** The names of containers and of all above them, from the top room down. */
export async function pathsOf(
  tx: Tx,
  containerIds: readonly number[],
): Promise<Map<number, TrashPath>> {
  const ways = await tx.trash.waysTo([...new Set(containerIds)])
  return new Map([...ways].map(([id, way]) => [id, way.map(({ name }) => name)]))
}
