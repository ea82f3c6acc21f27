import type { Actor, Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Upload, UploadRef } from './upload.ts'

/**
 * The upload that a reference means. By id only its own user (or the system) finds it; the token
 * is authority enough, so the actor may be anonymous. Unknown and foreign are 'not-found' 'upload'.
 */
export async function findUpload(ctx: Ctx, tx: Tx, ref: UploadRef): Promise<Upload> {
  const upload =
    'token' in ref
      ? await tx.uploads.findByToken(ctx.secrets.digest(ref.token))
      : Number.isSafeInteger(ref.id)
        ? await tx.uploads.find(ref.id)
        : undefined
  if (!upload || !('token' in ref || isOwn(ctx.actor, upload))) {
    return fault('not-found', 'upload')
  }
  return upload
}

function isOwn(actor: Actor, upload: Upload): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'export') return upload.exportId === actor.exportId
  return actor.kind === 'user' && upload.exportId === null && upload.userId === actor.userId
}

/** Faults 'closed' 'upload' unless bytes may still come, 'expired' 'upload' past its end. */
export function assertOpen(ctx: Ctx, upload: Upload): void {
  if (upload.state !== 'open') fault('closed', 'upload', undefined, { state: upload.state })
  if (upload.expiresAt <= ctx.now) fault('expired', 'upload')
}

/**
 * The context of the one on whose authority the upload is stored, as he is now: whoever holds the
 * token acts for him. An account that is locked, expired or gone faults 'not-found' 'upload'; an
 * export token is judged where it is used (permissions/viewer.ts).
 */
export async function uploaderOf(ctx: Ctx, tx: Tx, upload: Upload): Promise<Ctx> {
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
  if (!user || user.isLocked || isOver) return fault('not-found', 'upload')
  const actor: Actor = { kind: 'user', userId: user.id, roles: user.roles, sessionId: 0 }
  return { ...ctx, actor }
}
