import type { LinkSort } from '../../core/links/link-store.ts'
import type { ListLinks } from '../../core/links/list-links.ts'
import { nodeRef } from './ids.ts'
import { date, integer, parseFilter, parseSort, text } from './query.ts'

const people = {
  name: { cn: text },
  createdAt: { ge: date, le: date },
  createdBy: { cn: text, eq: text },
  createdById: { eq: integer },
  userId: { eq: integer },
  updatedBy: { cn: text, eq: text },
  updatedById: { eq: integer },
  accessKey: { cn: text },
} as const
const fields = { ...people, nodeId: { eq: integer } } as const
const uploadFields = { ...people, targetId: { eq: integer, cn: integer } } as const

/**
 * The filter of a list of download shares (dossier 5), as core takes it. `eq` of a person means
 * `cn`, and an access key is found whole only, since no part of it is kept in the clear.
 */
export function readShareFilter(raw: string | undefined): ListLinks['filter'] {
  const { nodeId, ...wanted } = parseFilter(raw, fields)
  return filterOf('download', wanted, nodeId?.eq)
}

/** The same for upload shares; `cn` of a target, which is old, means `eq`. */
export function readUploadShareFilter(raw: string | undefined): ListLinks['filter'] {
  const { targetId, ...wanted } = parseFilter(raw, uploadFields)
  return filterOf('upload', wanted, targetId?.eq ?? targetId?.cn)
}

type Wanted = ReturnType<typeof parseFilter<typeof people>>

function filterOf(
  kind: 'download' | 'upload',
  wanted: Wanted,
  node: number | undefined,
): ListLinks['filter'] {
  const { createdAt, createdBy, updatedBy } = wanted
  return {
    kind,
    nameContains: wanted.name?.cn,
    createdFrom: createdAt?.ge,
    createdTo: createdAt?.le,
    createdBy: wanted.createdById?.eq ?? wanted.userId?.eq,
    createdByContains: createdBy?.cn ?? createdBy?.eq,
    updatedBy: wanted.updatedById?.eq,
    updatedByContains: updatedBy?.cn ?? updatedBy?.eq,
    token: wanted.accessKey?.cn,
    node: node === undefined ? undefined : nodeRef(node),
  }
}

const uploadSorts = {
  name: 'name',
  notifyCreator: 'notifyCreator',
  expireAt: 'expireAt',
  createdAt: 'createdAt',
  createdBy: 'createdBy',
} as const
const sorts = { ...uploadSorts, classification: 'classification' } as const

/** The sort of a list of shares; undefined for the default, by name. */
export function readShareSort(raw: string | undefined): LinkSort[] | undefined {
  const terms = parseSort(raw, sorts)
  return terms.length === 0 ? undefined : terms
}

/** The same for upload shares, which are not classified. */
export function readUploadShareSort(raw: string | undefined): LinkSort[] | undefined {
  const terms = parseSort(raw, uploadSorts)
  return terms.length === 0 ? undefined : terms
}
