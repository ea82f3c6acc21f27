import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import {
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
} from '../permissions/permission.ts'
import type { Link } from './link.ts'

/** What decides on the rights around a link. */
export type LinkPurpose = Pick<Link, 'kind' | 'takesUploads'>

/** Whether visitors may bring files. */
export function takesFiles({ kind, takesUploads }: LinkPurpose): boolean {
  return kind === 'upload' || takesUploads
}

/** Whether a link may be used for this: one of the kind, or a download link that takes uploads. */
export function servesFor(link: LinkPurpose, use: Link['kind']): boolean {
  return use === 'upload' ? takesFiles(link) : link.kind === 'download'
}

/** What managing a link needs on its node: whoever manages it sees its token, and may use it. */
export function neededToManage(link: LinkPurpose): Permissions {
  const forDownloads = link.kind === 'download' ? MANAGE_DOWNLOAD_LINKS : 0
  return forDownloads | (takesFiles(link) ? MANAGE_UPLOAD_LINKS : 0)
}

/** What making a link needs, and its maker has to hold as long as it is used. */
export function neededToShare(link: LinkPurpose): Permissions {
  return neededToManage(link) | (link.kind === 'download' ? READ : 0)
}

/**
 * Faults 'wrong-kind' 'node' 'target' where files cannot come in, 'invalid' 'link' (field
 * 'takesUploads', rule 'kind') for an upload link, which is for nothing else.
 */
export function checkPurpose(link: LinkPurpose, node: Node): void {
  if (takesFiles(link) && node.kind === 'file') fault('wrong-kind', 'node', 'target')
  if (link.kind === 'download' || !link.takesUploads) return
  fault('invalid', 'link', undefined, { field: 'takesUploads', rule: 'kind' })
}
