import type { LinkView } from '../../core/links/link.ts'
import type { PublicUploadLink, UploadedFile } from '../../core/links/public-upload-link.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import type { UploadStatus } from '../../core/uploads/upload.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type {
  PublicUploadedFileData,
  PublicUploadShare,
  S3ShareUploadStatus,
  UploadShare,
} from './generated/shapes.ts'
import { presentPublicKey } from './present-keys.ts'
import { presentNode } from './present-node.ts'
import { presentStatus } from './present-upload.ts'
import { presentUserInfo } from './present-user-info.ts'

/** An upload share as those see it who may manage it. */
export function presentUploadShare(shown: LinkView): UploadShare {
  const { link, token, view, createdBy, updatedBy, files } = shown
  const node = presentNode(view)
  return {
    id: link.id,
    accessKey: token,
    name: link.name,
    targetId: node.id,
    targetPath: `${node.parentPath}${node.name}`,
    targetType: node.type,
    isProtected: link.isProtected,
    isEncrypted: node.isEncrypted ?? false,
    expireAt: writeDateIf(link.expireAt),
    notes: link.notes ?? undefined,
    internalNotes: link.internalNotes ?? undefined,
    notifyCreator: link.notifyCreator,
    showCreatorName: link.showCreatorName,
    showCreatorUsername: link.showCreatorUserName,
    showUploadedFiles: link.showUploaded,
    filesExpiryPeriod: link.filesExpiryDays ?? undefined,
    maxSlots: link.maxFiles ?? undefined,
    maxSize: link.maxBytes ?? undefined,
    cntFiles: files,
    cntUploads: link.uploads,
    createdAt: writeDate(link.createdAt),
    createdBy: presentUserInfo(createdBy),
    updatedAt: writeDate(link.updatedAt),
    updatedBy: presentUserInfo(updatedBy),
  }
}

/** An upload share as a stranger sees it: little before its password. */
export function presentPublicUploadShare({
  link,
  receivers,
  inside,
}: PublicUploadLink): PublicUploadShare {
  const few = {
    name: link.name,
    createdAt: writeDate(link.createdAt),
    isProtected: link.isProtected,
    isEncrypted: receivers !== null,
    userUserPublicKeyList: receivers ? { items: receivers.map(presentPublicKey) } : undefined,
    showUploadedFiles: link.showUploaded,
    creatorName: '',
  }
  if (!inside) return few
  const { creator, filesLeft, bytesLeft, files } = inside
  return {
    ...few,
    creatorName: [creator?.firstName, creator?.lastName].filter(Boolean).join(' '),
    creatorUsername: creator?.userName || undefined,
    expireAt: writeDateIf(link.expireAt),
    notes: link.notes ?? undefined,
    remainingSlots: filesLeft ?? undefined,
    remainingSize: bytesLeft ?? undefined,
    uploadedFiles: files?.map(presentUploaded),
  }
}

function presentUploaded({ name, size, createdAt, md5 }: UploadedFile): PublicUploadedFileData {
  return { name, size, createdAt: writeDate(createdAt), hash: md5 ?? undefined }
}

/** A file as its bringer sees it. */
export function presentBrought({ node }: NodeView): PublicUploadedFileData {
  const { name, createdAt, content } = node
  const md5 = content?.md5 ?? null
  return presentUploaded({ name, size: content?.size ?? 0, createdAt, md5 })
}

/** How far an upload in parts through a share is. */
export function presentShareStatus(upload: UploadStatus): S3ShareUploadStatus {
  const { status, errorDetails } = presentStatus({ ...upload, view: null })
  const node = upload.view?.node
  return { status, errorDetails, fileName: node?.name ?? upload.name, size: node?.content?.size }
}
