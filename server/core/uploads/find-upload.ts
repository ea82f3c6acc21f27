import type { Actor, Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type LinkKey, linkByToken } from '../links/enter-link.ts'
import { folderInLink } from '../links/link-node.ts'
import { takesFiles } from '../links/needed-to-share.ts'
import { requireOpened } from '../links/opened-node.ts'
import type { Tx } from '../store.ts'
import type { FoundUpload, Upload, UploadRef } from './upload.ts'

/**
 * The upload that a reference means. By id only its own user (or the system) finds it; the token
 * is authority enough, so the actor may be anonymous. Unknown and foreign are 'not-found' 'upload'.
 * One that comes in through a link is found through that alone, with the faults of `linkByToken`.
 */
export async function findUpload(ctx: Ctx, tx: Tx, ref: UploadRef): Promise<FoundUpload> {
  if (!('token' in ref)) {
    const own = Number.isSafeInteger(ref.id) ? await tx.uploads.find(ref.id) : undefined
    return own && isOwn(ctx.actor, own) ? own : fault('not-found', 'upload')
  }
  const through = 'link' in ref ? await linkByToken(ctx, tx, linkKey(ref.link)) : undefined
  const upload = await tx.uploads.findByToken(ctx.secrets.digest(ref.token))
  if (!upload || upload.linkId !== (through?.link.id ?? null)) return fault('not-found', 'upload')
  return upload
}

function linkKey(token: string): LinkKey {
  return { token, kind: 'upload' }
}

function isOwn(actor: Actor, upload: Upload): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'export') return upload.exportId === actor.exportId
  return actor.kind === 'user' && upload.exportId === null && upload.userId === actor.userId
}

/**
 * Faults 'closed' 'upload' unless bytes may still come, 'expired' 'upload' past its end, and
 * 'not-found' 'ticket' as `uploaderOf` when the account behind it is locked, expired or gone.
 */
export function assertOpen(ctx: Ctx, upload: FoundUpload): void {
  if (upload.state !== 'open') fault('closed', 'upload', undefined, { state: upload.state })
  if (upload.expiresAt <= ctx.now) fault('expired', 'upload')
  const { exportId, linkId, userUntil } = upload
  const isUsers = exportId === null && linkId === null
  if (isUsers && userUntil !== null && userUntil <= ctx.now) fault('not-found', 'ticket')
}

/**
 * The context of the one on whose authority the upload is stored, as he is now: whoever holds the
 * token acts for him. An account that is locked, expired or gone faults 'not-found' 'ticket': the
 * token is good for nothing then. An export token is judged where it is used
 * (permissions/viewer.ts).
 */
export async function uploaderOf(ctx: Ctx, tx: Tx, upload: Upload): Promise<Ctx> {
  if (upload.linkId !== null) return throughLink(ctx, tx, upload, upload.linkId)
  if (upload.exportId !== null) {
    const token = await tx.exports.find(upload.exportId)
    if (!token) return fault('not-found', 'upload')
    const { id, nodeId, permissions } = token
    return { ...ctx, actor: { kind: 'export', exportId: id, nodeId, permissions } }
  }
  if (upload.userId === null) return { ...ctx, actor: { kind: 'system' } }
  if (ctx.actor.kind === 'user' && ctx.actor.userId === upload.userId) return ctx
  const user = await tx.users.find(upload.userId)
  const isOver = user?.expireAt !== null && (user?.expireAt ?? 0) <= ctx.now
  if (!user || user.isLocked || isOver) return fault('not-found', 'ticket')
  const actor: Actor = { kind: 'user', userId: user.id, roles: user.roles, sessionId: 0 }
  return { ...ctx, actor }
}

/**
 * A link lets a file in on its maker's authority and nobody's account: the right is decided here,
 * for this one place, and nobody is noted as having made it.
 */
async function throughLink(ctx: Ctx, tx: Tx, upload: Upload, linkId: number): Promise<Ctx> {
  const link = await tx.links.find(linkId)
  if (!link || !takesFiles(link)) return fault('not-found', 'link')
  const node = await requireOpened(ctx, tx, link)
  await folderInLink(ctx, tx, link, node, { nodeId: upload.parentId })
  return { ...ctx, actor: { kind: 'system' } }
}
