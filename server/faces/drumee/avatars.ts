import { Readable } from 'node:stream'
import type { Avatar } from '../../core/avatars/avatar.ts'
import { avatarFromFile, removeAvatar } from '../../core/avatars/avatar-from-file.ts'
import { avatarOf } from '../../core/avatars/avatar-of.ts'
import { fault } from '../../core/fault.ts'
import type { Answer, Headers, Row } from '../operation.ts'
import { nodeRef } from './hub.ts'
import { readCode } from './ids.ts'
import { raw } from './op.ts'
import { own } from './own.ts'
import { presentAccount } from './present-account.ts'

/** Pictures of people. */
export const avatarRows: Row[] = [
  own('drumate.set_avatar', {
    changes: true,
    run: (ctx, { body }) => avatarFromFile(ctx, { node: nodeRef(ctx, { nid: body.reference }) }),
    reply: (changed, _given, ctx, request) => presentAccount(ctx, changed, request),
  }),
  own('drumate.remove_avatar', {
    changes: true,
    run: removeAvatar,
    reply: (changed, _given, ctx, request) => presentAccount(ctx, changed, request),
  }),
  raw('yp.avatar', {
    auth: 'open',
    run: async (ctx, { body }) => {
      const named = readCode(body.id ?? '')
      const ownId = ctx.actor.kind === 'user' ? ctx.actor.userId : 0
      const isOwn = body.id === undefined || body.id === ''
      if (!isOwn && named?.kind !== 'user') fault('not-found', 'user')
      const avatar = await avatarOf(ctx, { userId: isOwn ? ownId : (named?.id ?? 0) })
      return avatar ? pictureAnswer(avatar) : silhouette
    },
  }),
]

/** Bytes that users gave: shown as a picture, run as nothing. */
const safe: Headers = {
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
}

function pictureAnswer({ uuid, mediaType, picture }: Avatar): Answer {
  return {
    status: 200,
    headers: { ...safe, 'content-type': mediaType, etag: `"${uuid}"` },
    length: picture.byteLength,
    open: async () => Readable.from([Buffer.from(picture)]),
  }
}

/** For whoever has no picture, is not known to the caller, or is nobody: the same for all. */
const silhouette: Answer = {
  status: 200,
  headers: { ...safe, etag: '"silhouette"' },
  type: 'image/svg+xml',
  text:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="256" height="256">' +
    '<rect width="64" height="64" fill="#d5dbe1"/>' +
    '<g fill="#8694a1"><circle cx="32" cy="24" r="12"/>' +
    '<path d="M8 60a24 20 0 0 1 48 0v4H8z"/></g></svg>',
}
