import type { LinkView, PublicLink } from '../../core/links/link.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type { DownloadShare, PublicDownloadShare } from './generated/shapes.ts'
import { presentFileKey, presentLinkPair } from './present-keys.ts'
import { presentNode } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'

/** A share as those see it who may manage it. */
export function presentShare({ link, token, view, createdBy, updatedBy }: LinkView): DownloadShare {
  const node = presentNode(view)
  return {
    id: link.id,
    accessKey: token,
    name: link.name,
    nodeId: node.id,
    nodePath: `${node.parentPath}${node.name}`,
    nodeType: node.type,
    classification: node.classification,
    isProtected: link.isProtected,
    isEncrypted: link.keys !== null,
    cntDownloads: link.downloads,
    maxDownloads: link.maxDownloads ?? undefined,
    expireAt: writeDateIf(link.expireAt),
    notes: link.notes ?? undefined,
    internalNotes: link.internalNotes ?? undefined,
    notifyCreator: link.notifyCreator,
    showCreatorName: link.showCreatorName,
    showCreatorUsername: link.showCreatorUserName,
    createdAt: writeDate(link.createdAt),
    createdBy: presentUserInfo(createdBy),
    updatedAt: writeDate(link.updatedAt),
    updatedBy: presentUserInfo(updatedBy),
  }
}

/** A share as a stranger sees it. Containers are shown as the archive that they would come as. */
export function presentPublicShare(shown: PublicLink): PublicDownloadShare {
  const { link, node, creator } = shown
  const name = [creator?.firstName, creator?.lastName].filter(Boolean).join(' ')
  return {
    name: link.name,
    fileName: node.content ? node.name : `${node.name}.zip`,
    mediaType: node.content?.mediaType ?? 'application/zip',
    size: shown.size,
    isProtected: link.isProtected,
    isEncrypted: node.encryptedBy !== null,
    fileKey: link.keys ? presentFileKey(link.keys.fileKey) : undefined,
    privateKeyContainer: link.keys ? presentLinkPair(link.keys.pair) : undefined,
    hasDownloadLimit: link.maxDownloads !== null,
    limitReached: shown.limitReached,
    creatorName: name,
    creatorUsername: creator?.userName || undefined,
    createdAt: writeDate(link.createdAt),
    expireAt: writeDateIf(link.expireAt),
    notes: link.notes ?? undefined,
  }
}
