import { usualClassification } from '../../core/links/link-password.ts'
import type { TrashEntryView, TrashGroupView, TrashPath } from '../../core/trash/trash-entry.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type { DeletedNode, DeletedNodeSummary } from './generated/shapes.ts'
import { presentUserInfo } from './present-user-info.ts'

/** All that was deleted under one name out of one container. */
export function presentDeletedSummary(group: TrashGroupView): DeletedNodeSummary {
  return {
    parentId: group.parentId,
    parentPath: pathText(group.parentPath),
    name: group.name,
    type: group.kind,
    cntVersions: group.versions,
    firstDeletedAt: writeDate(group.firstDeletedAt),
    lastDeletedAt: writeDate(group.lastDeletedAt),
    lastDeletedNodeId: group.lastId,
    referenceId: group.lastNodeId,
    timestampCreation: writeDateIf(group.clientCreatedAt),
    timestampModification: writeDateIf(group.clientModifiedAt),
  }
}

/** A deleted folder, or one version of a file. */
export function presentDeletedNode(entry: TrashEntryView): DeletedNode {
  const { node, version } = entry
  const isFile = version !== null
  return {
    id: entry.id,
    referenceId: node.id,
    parentId: node.parentId ?? 0,
    parentPath: pathText(entry.parentPath),
    type: isFile ? 'file' : 'folder',
    name: node.name,
    size: version?.content.size,
    notes: node.notes ?? undefined,
    classification: isFile ? classOf(entry.classification) : undefined,
    isEncrypted: false,
    expireAt: writeDateIf(node.expireAt),
    createdAt: writeDate(version?.createdAt ?? node.createdAt),
    createdBy: presentUserInfo(entry.createdByPerson),
    updatedAt: writeDate(version?.createdAt ?? node.updatedAt),
    updatedBy: presentUserInfo(entry.updatedByPerson),
    deletedAt: writeDate(entry.deletedAt),
    deletedBy: presentUserInfo(entry.deletedByPerson),
  }
}

function pathText(path: TrashPath): string {
  return `/${path.map((name) => `${name}/`).join('')}`
}

function classOf(classification: number | null): 1 | 2 | 3 | 4 {
  return (classification ?? usualClassification) as 1 | 2 | 3 | 4
}
