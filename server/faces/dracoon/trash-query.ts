import type { TrashEntrySort, TrashFilter, TrashGroupSort } from '../../core/trash/trash-store.ts'
import { date, parseFilter, parseSort, text, words } from './query.ts'

const kinds = { folder: 'folder', file: 'file' } as const

const fields = {
  type: { eq: words<'folder' | 'file'>(kinds) },
  name: { cn: text },
  parentPath: { cn: text },
  timestampCreation: { ge: date, le: date },
  timestampModification: { ge: date, le: date },
} as const

/** The filter of a list of deleted nodes (dossier 5), as core takes it. */
export function readTrashFilter(raw: string | undefined): TrashFilter {
  const wanted = parseFilter(raw, fields)
  return {
    kinds: wanted.type?.eq,
    nameContains: wanted.name?.cn,
    parentPathContains: wanted.parentPath?.cn,
    clientCreatedFrom: wanted.timestampCreation?.ge,
    clientCreatedTo: wanted.timestampCreation?.le,
    clientModifiedFrom: wanted.timestampModification?.ge,
    clientModifiedTo: wanted.timestampModification?.le,
  }
}

const groupSorts = {
  name: 'name',
  cntVersions: 'versions',
  firstDeletedAt: 'firstDeletedAt',
  lastDeletedAt: 'lastDeletedAt',
  parentPath: 'parentPath',
  timestampCreation: 'clientCreatedAt',
  timestampModification: 'clientModifiedAt',
} as const

/** The first sort term; undefined for the default, by name. */
export function readTrashSort(raw: string | undefined): TrashGroupSort | undefined {
  return parseSort<TrashGroupSort['by']>(raw, groupSorts)[0]
}

const entrySorts = {
  expireAt: 'expireAt',
  accessedAt: 'accessedAt',
  size: 'size',
  classification: 'classification',
  createdAt: 'createdAt',
  createdBy: 'createdBy',
  updatedAt: 'updatedAt',
  updatedBy: 'updatedBy',
  deletedAt: 'deletedAt',
  deletedBy: 'deletedBy',
} as const

/** The first sort term; undefined for the default, by the time of the deletion. */
export function readTrashVersionSort(raw: string | undefined): TrashEntrySort | undefined {
  return parseSort<TrashEntrySort['by']>(raw, entrySorts)[0]
}
