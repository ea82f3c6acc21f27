import type { Node } from '../nodes/node.ts'
import type { Version } from '../nodes/node-store.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

/** A version as its file's readers see it. */
export type VersionView = Version & {
  /** What is read when nobody names a version. */
  readonly isCurrent: boolean
  /** In the trash: superseded, or its file is deleted. */
  readonly isDeleted: boolean
  readonly author: Person
}

export async function describeVersions(
  tx: Tx,
  node: Node,
  versions: readonly Version[],
): Promise<VersionView[]> {
  const makers = versions.flatMap(({ createdBy }) => (createdBy === null ? [] : [createdBy]))
  const people = makers.length > 0 ? await tx.users.people([...new Set(makers)]) : new Map()
  return versions.map((version) => ({
    ...version,
    isCurrent: version.id === node.content?.versionId,
    isDeleted: version.supersededAt !== null,
    author: personOf(people, version.createdBy),
  }))
}
