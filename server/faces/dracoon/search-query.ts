import { usualClassification } from '../../core/links/link-password.ts'
import type { NodeFilter, NodeKind, PersonFilter } from '../../core/nodes/node.ts'
import type { SearchSort } from '../../core/search/search-query.ts'
import { externalId } from './ids.ts'
import { nodeKinds, nodeSorts } from './nodes-query.ts'
import { boolean, date, integer, integers, parseFilter, parseSort, text, words } from './query.ts'

const fields = {
  type: { eq: words<NodeKind>(nodeKinds) },
  fileType: { cn: text, eq: text },
  classification: { eq: integers },
  createdBy: { cn: text, eq: text },
  createdById: { eq: integer },
  createdAt: { ge: date, le: date },
  updatedBy: { cn: text, eq: text },
  updatedById: { eq: integer },
  updatedAt: { ge: date, le: date },
  expireAt: { ge: date, le: date },
  size: { ge: integer, le: integer },
  isFavorite: { eq: boolean },
  branchVersion: { ge: integer, le: integer },
  parentPath: { cn: text, eq: text },
  timestampCreation: { ge: date, le: date },
  timestampModification: { ge: date, le: date },
  referenceId: { eq: integer },
} as const

export type SearchFilter = {
  readonly filter: NodeFilter
  readonly parentPathIs?: readonly string[]
  readonly parentPathContains?: string
}

/** The filter of a search (dossier 5), as core takes it. */
export function readSearchFilter(raw: string | undefined): SearchFilter {
  const wanted = parseFilter(raw, fields)
  const { createdAt, updatedAt, expireAt, size, branchVersion, parentPath } = wanted
  const { timestampCreation: created, timestampModification: modified, referenceId } = wanted
  return {
    parentPathIs: parentPath?.eq === undefined ? undefined : namesIn(parentPath.eq),
    parentPathContains: parentPath?.cn,
    filter: {
      kinds: wanted.type?.eq,
      extensionIs: wanted.fileType?.eq,
      extensionContains: wanted.fileType?.cn,
      classifications: wanted.classification?.eq?.flatMap(classOf),
      createdBy: personOf(wanted.createdById?.eq, wanted.createdBy),
      updatedBy: personOf(wanted.updatedById?.eq, wanted.updatedBy),
      createdFrom: createdAt?.ge,
      createdTo: createdAt?.le,
      updatedFrom: updatedAt?.ge,
      updatedTo: updatedAt?.le,
      expireFrom: expireAt?.ge,
      expireTo: expireAt?.le,
      sizeFrom: size?.ge,
      sizeTo: size?.le,
      isFavorite: wanted.isFavorite?.eq,
      changedFrom: branchVersion?.ge,
      changedTo: branchVersion?.le,
      clientCreatedFrom: created?.ge,
      clientCreatedTo: created?.le,
      clientModifiedFrom: modified?.ge,
      clientModifiedTo: modified?.le,
      ids: referenceId?.eq === undefined ? undefined : [referenceId.eq],
    },
  }
}

/** A node without a class counts as of the usual one. */
function classOf(value: number): (number | null)[] {
  return value === usualClassification ? [value, null] : [value]
}

function personOf(
  id: number | undefined,
  name: { readonly cn?: string; readonly eq?: string } | undefined,
): PersonFilter | undefined {
  if (id === undefined && name === undefined) return undefined
  return { id: id === externalId ? null : id, contains: name?.cn, is: name?.eq }
}

function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}

const sorts = { ...nodeSorts, type: 'kind', parentPath: 'parentPath' } as const

/** The first sort term; undefined for the default, by name. */
export function readSearchSort(raw: string | undefined): SearchSort | undefined {
  return parseSort<SearchSort['by']>(raw, sorts)[0]
}
