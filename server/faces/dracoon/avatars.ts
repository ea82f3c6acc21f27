import { Readable } from 'node:stream'
import { fault } from '../../core/fault.ts'
import { ownAccount } from '../../core/users/own-account.ts'
import type { Row } from '../operation.ts'
import { avatarPicture } from './avatar-picture.ts'
import { avatarUuid, initialsOf } from './avatar-uuid.ts'
import type { Avatar } from './generated/shapes.ts'
import { op, raw } from './op.ts'

/** Pictures of users. Nobody can give one yet: all have the one with their initials. */
export const avatarRows: Row[] = [
  op('requestAvatar', {
    auth: 'user',
    run: (ctx) => ownAccount(ctx),
    reply: ({ user }, _input, _ctx, request) =>
      presentAvatar(user.id, avatarUuid(user.id, user), request.publicUrl),
  }),

  op('requestUserAvatar', {
    auth: 'none',
    run: async (_ctx, { params }) => knownInitials(params.user_id, params.uuid),
    reply: (_initials, { params }, _ctx, request) =>
      presentAvatar(params.user_id, params.uuid, request.publicUrl),
  }),

  raw('downloadAvatar', {
    auth: 'none',
    run: async (_ctx, { params }) => {
      const picture = avatarPicture(knownInitials(params.user_id, params.uuid))
      return {
        status: 200,
        headers: pictureHeaders,
        length: picture.length,
        open: async () => Readable.from([picture]),
      }
    },
  }),
]

// The address changes with what the picture shows.
const pictureHeaders = {
  'content-type': 'image/png',
  'cache-control': 'private, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
}

function knownInitials(userId: number, uuid: string): string {
  return initialsOf(uuid, userId) ?? fault('not-found', 'user', undefined, { of: 'avatar' })
}

function presentAvatar(userId: number, uuid: string, publicUrl: string): Avatar {
  return {
    avatarUri: `${publicUrl}/api/v4/downloads/avatar/${userId}/${uuid}`,
    avatarUuid: uuid,
    isCustomAvatar: false,
  }
}
