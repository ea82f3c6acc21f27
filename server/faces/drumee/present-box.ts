import type { Ctx } from '../../core/ctx.ts'
import type { LinkView } from '../../core/links/link.ts'
import { fullName } from '../../core/users/full-name.ts'
import type { FaceRequest } from '../operation.ts'
import type { Box } from './generated/shapes.ts'
import { nobodyId, userCode } from './ids.ts'
import { linkWord } from './link-purpose.ts'
import { presentNode } from './present-node.ts'
import { domainOf } from './present-place.ts'
import { timeLeft } from './time-left.ts'

/** A folder and its link (dossier 10). */
export function presentBox(ctx: Ctx, shared: LinkView, request: FaceRequest): Box {
  const { link, token, view, createdBy } = shared
  const node = presentNode(ctx, view)
  const word = linkWord(link)
  return {
    ...{ nid: node.nid, pid: node.pid, parent_id: node.parent_id, home_id: node.home_id },
    ...{ hub_id: node.hub_id, filepath: node.filepath, filename: node.filename },
    ...{ filesize: node.filesize, caption: node.caption, ext: node.ext, ftype: node.ftype },
    ...{ filetype: node.filetype, mimetype: node.mimetype, geometry: node.geometry },
    ...{ capability: node.capability, ctime: node.ctime, ptime: node.ptime },
    view_count: link.downloads,
    share_id: token,
    recipient_id: link.recipient ?? '*',
    public_id: nobodyId,
    permission: word,
    privilege: word,
    vhost: domainOf(request),
    sender: fullName(createdBy),
    sender_id: createdBy.id === null ? nobodyId : userCode(createdBy.id),
    firstname: '',
    lastname: '',
    name: link.name,
    ...timeLeft(ctx, link.expireAt),
    is_password: link.isProtected ? 1 : 0,
    is_verified: 0,
    link: inboundAddress(request, token),
  }
}

/** Where visitors fetch (dossier 10). */
export function outboundAddress({ publicUrl }: FaceRequest, token: string): string {
  return `${publicUrl}/-/#/dmz/${token}`
}

/** Where visitors bring, or do both. */
export function inboundAddress({ publicUrl }: FaceRequest, token: string): string {
  return `${publicUrl}/-/#/dmz/inbound/token=${token}`
}
