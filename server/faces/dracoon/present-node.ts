import { usualClassification } from '../../core/links/link-password.ts'
import type { Ancestor, NodeView, Page } from '../../core/nodes/node.ts'
import {
  CHANGE,
  CREATE,
  DELETE,
  DELETE_TRASH,
  has,
  MANAGE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
  READ_TRASH,
  RESTORE_TRASH,
} from '../../core/permissions/permission.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type { Node, NodePermissions, Range } from './generated/shapes.ts'
import { presentKeyStates } from './present-keys.ts'
import { presentUserInfo } from './present-user-info.ts'

/** A node with every member that clients may ask for (dossier 4). */
export function presentNode(view: NodeView): Node {
  const { node, tally } = view
  const parent = view.ancestors.at(-1)
  return {
    id: node.currentId,
    referenceId: node.id,
    type: kindOf(view),
    name: node.name,
    parentId: parent?.id,
    parentPath: parentPath(view.ancestors),
    authParentId: node.boundaryId,
    branchVersion: Math.max(tally.changedAt, node.updatedAt),
    createdAt: writeDate(node.createdAt),
    createdBy: presentUserInfo(view.createdBy),
    updatedAt: writeDate(node.updatedAt),
    updatedBy: presentUserInfo(view.updatedBy),
    timestampCreation: writeDate(node.clientCreatedAt ?? node.createdAt),
    timestampModification: writeDate(node.clientModifiedAt ?? node.updatedAt),
    expireAt: writeDateIf(node.expireAt),
    notes: node.notes ?? undefined,
    classification: classificationOf(view),
    permissions: presentPermissions(view.permissions),
    isFavorite: view.isFavorite,
    isBrowsable: node.kind !== 'file',
    isEncrypted: node.encryptedBy !== null,
    encryptionInfo: view.keyStates && presentKeyStates(view.keyStates),
    size: node.content?.size ?? tally.size,
    cntChildren: tally.rooms + tally.folders + tally.files,
    cntRooms: tally.rooms,
    cntFolders: tally.folders,
    cntFiles: tally.files,
    cntComments: view.comments,
    cntDeletedVersions: view.oldVersions,
    cntDownloadShares: view.downloadLinks,
    cntUploadShares: view.uploadLinks,
    ...roomMembers(view),
    ...fileMembers(view),
  }
}

type Classification = 1 | 2 | 3 | 4

function classificationOf(view: NodeView): Classification {
  return (view.classification ?? usualClassification) as Classification
}

function kindOf(view: NodeView): Node['type'] {
  return view.node.kind === 'mount' ? 'room' : view.node.kind
}

function roomMembers({ node }: NodeView): Partial<Node> {
  if (!node.room) return { inheritPermissions: false, hasActivitiesLog: true }
  return {
    quota: node.room.quota ?? undefined,
    inheritPermissions: node.room.inherit,
    hasActivitiesLog: node.room.hasActivities,
    recycleBinRetentionPeriod: node.room.trashDays,
  }
}

function fileMembers({ node }: NodeView): Partial<Node> {
  if (!node.content) return {}
  return {
    hash: node.content.md5 ?? undefined,
    mediaType: node.content.mediaType,
    fileType: fileType(node.name),
  }
}

/** The ending of a name without its dot; empty when it has none. */
export function fileType(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1) : ''
}

/** `/` for a top room, else the names on the way with a slash at both ends. */
export function parentPath(ancestors: readonly Ancestor[]): string {
  return ancestors.reduce((path, { name }) => `${path}${name}/`, '/')
}

export function presentPermissions(held: Permissions): NodePermissions {
  return {
    manage: has(held, MANAGE),
    read: has(held, READ),
    create: has(held, CREATE),
    change: has(held, CHANGE),
    delete: has(held, DELETE),
    manageDownloadShare: has(held, MANAGE_DOWNLOAD_LINKS),
    manageUploadShare: has(held, MANAGE_UPLOAD_LINKS),
    readRecycleBin: has(held, READ_TRASH),
    restoreRecycleBin: has(held, RESTORE_TRASH),
    deleteRecycleBin: has(held, DELETE_TRASH),
  }
}

/** The bits of permissions as the wire names them. */
export function readPermissions(wire: NodePermissions): Permissions {
  const bits: readonly (readonly [boolean, Permissions])[] = [
    [wire.manage, MANAGE],
    [wire.read, READ],
    [wire.create, CREATE],
    [wire.change, CHANGE],
    [wire.delete, DELETE],
    [wire.manageDownloadShare, MANAGE_DOWNLOAD_LINKS],
    [wire.manageUploadShare, MANAGE_UPLOAD_LINKS],
    [wire.readRecycleBin, READ_TRASH],
    [wire.restoreRecycleBin, RESTORE_TRASH],
    [wire.deleteRecycleBin, DELETE_TRASH],
  ]
  return bits.reduce((held, [wanted, bit]) => (wanted ? held | bit : held), 0)
}

export function presentRange(page: Page<unknown>): Range {
  return { offset: page.offset, limit: page.limit, total: page.total }
}
