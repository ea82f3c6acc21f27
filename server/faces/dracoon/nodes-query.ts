import type { NodeFilter, NodeKind, NodeSort } from '../../core/nodes/node.ts'
import {
  CHANGE,
  CREATE,
  DELETE,
  DELETE_TRASH,
  MANAGE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
  READ_TRASH,
  RESTORE_TRASH,
} from '../../core/permissions/permission.ts'
import { boolean, date, integer, parseFilter, parseSort, text, words } from './query.ts'

export const nodeKinds = { room: 'room', folder: 'folder', file: 'file' } as const

const permissions = {
  manage: MANAGE,
  read: READ,
  change: CHANGE,
  create: CREATE,
  delete: DELETE,
  manageDownloadShare: MANAGE_DOWNLOAD_LINKS,
  manageUploadShare: MANAGE_UPLOAD_LINKS,
  canReadRecycleBin: READ_TRASH,
  canRestoreRecycleBin: RESTORE_TRASH,
  canDeleteRecycleBin: DELETE_TRASH,
} as const

const fields = {
  type: { eq: words<NodeKind>(nodeKinds) },
  perm: { eq: words<Permissions>(permissions) },
  childPerm: { eq: words<Permissions>(permissions) },
  name: { cn: text, eq: text },
  encrypted: { eq: boolean },
  branchVersion: { ge: integer, le: integer },
  timestampCreation: { ge: date, le: date },
  timestampModification: { ge: date, le: date },
  referenceId: { eq: integer },
} as const

/** The filter of a listing of nodes (dossier 5), as core takes it. */
export function readNodeFilter(raw: string | undefined): NodeFilter {
  const wanted = parseFilter(raw, fields)
  const { type, name, encrypted, branchVersion, referenceId } = wanted
  const { timestampCreation, timestampModification } = wanted
  return {
    kinds: type?.eq,
    nameContains: name?.cn,
    nameIs: name?.eq,
    permissions: bothOf(wanted.perm?.eq, wanted.childPerm?.eq),
    changedFrom: branchVersion?.ge,
    changedTo: branchVersion?.le,
    clientCreatedFrom: timestampCreation?.ge,
    clientCreatedTo: timestampCreation?.le,
    clientModifiedFrom: timestampModification?.ge,
    clientModifiedTo: timestampModification?.le,
    isEncrypted: encrypted?.eq,
    ids: referenceId?.eq === undefined ? undefined : [referenceId.eq],
  }
}

/** One of the first and one of the second: every pair as one set. */
function bothOf(
  first: readonly Permissions[] | undefined,
  second: readonly Permissions[] | undefined,
): readonly Permissions[] | undefined {
  if (!first || !second) return first ?? second
  return [...new Set(first.flatMap((one) => second.map((other) => one | other)))]
}

export const nodeSorts = {
  name: 'name',
  createdAt: 'createdAt',
  createdBy: 'createdBy',
  updatedAt: 'updatedAt',
  updatedBy: 'updatedBy',
  fileType: 'fileType',
  classification: 'classification',
  size: 'size',
  timestampCreation: 'clientCreatedAt',
  timestampModification: 'clientModifiedAt',
  cntDeletedVersions: 'oldVersions',
  cntChildren: 'children',
} as const

/** The first sort term of a listing of nodes; undefined for the default, by name. */
export function readNodeSort(raw: string | undefined): NodeSort | undefined {
  return parseSort(raw, nodeSorts)[0]
}
