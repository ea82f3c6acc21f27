import type { LinkSort } from '../../core/links/link-store.ts'
import type { ListLinks } from '../../core/links/list-links.ts'
import { nodeRef } from './ids.ts'
import { date, integer, parseFilter, parseSort, text } from './query.ts'

const fields = {
  name: { cn: text },
  createdAt: { ge: date, le: date },
  createdBy: { cn: text, eq: text },
  createdById: { eq: integer },
  userId: { eq: integer },
  updatedBy: { cn: text, eq: text },
  updatedById: { eq: integer },
  accessKey: { cn: text },
  nodeId: { eq: integer },
} as const

/**
 * The filter of a list of download shares (dossier 5), as core takes it. `eq` of a person means
 * `cn`, and an access key is found whole only, since no part of it is kept in the clear.
 */
export function readShareFilter(raw: string | undefined): ListLinks['filter'] {
  const wanted = parseFilter(raw, fields)
  const { createdAt, createdBy, updatedBy, nodeId } = wanted
  return {
    kind: 'download',
    nameContains: wanted.name?.cn,
    createdFrom: createdAt?.ge,
    createdTo: createdAt?.le,
    createdBy: wanted.createdById?.eq ?? wanted.userId?.eq,
    createdByContains: createdBy?.cn ?? createdBy?.eq,
    updatedBy: wanted.updatedById?.eq,
    updatedByContains: updatedBy?.cn ?? updatedBy?.eq,
    token: wanted.accessKey?.cn,
    node: nodeId?.eq === undefined ? undefined : nodeRef(nodeId.eq),
  }
}

const sorts = {
  name: 'name',
  notifyCreator: 'notifyCreator',
  expireAt: 'expireAt',
  createdAt: 'createdAt',
  createdBy: 'createdBy',
  classification: 'classification',
} as const

/** The sort of a list of shares; undefined for the default, by name. */
export function readShareSort(raw: string | undefined): LinkSort[] | undefined {
  const terms = parseSort(raw, sorts)
  return terms.length === 0 ? undefined : terms
}
