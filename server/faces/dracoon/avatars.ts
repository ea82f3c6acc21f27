import { Readable } from 'node:stream'
import { maxAvatarBytes } from '../../core/avatars/avatar.ts'
import { findAvatar } from '../../core/avatars/find-avatar.ts'
import { resetAvatar } from '../../core/avatars/reset-avatar.ts'
import { setAvatar } from '../../core/avatars/set-avatar.ts'
import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { ownAccount } from '../../core/users/own-account.ts'
import type { User } from '../../core/users/user.ts'
import { mediaTypeOf, readMultipart } from '../body.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { takes } from './accepts.ts'
import { avatarPicture } from './avatar-picture.ts'
import { avatarUuid, initialsOf } from './avatar-uuid.ts'
import { errorAnswer } from './faults.ts'
import type { Avatar } from './generated/shapes.ts'
import { op, raw } from './op.ts'
import { refuseInput } from './refuse.ts'

/** Pictures of users: those they gave, and until then one with their initials. */
export const avatarRows: Row[] = [
  op('requestAvatar', {
    auth: 'user',
    run: (ctx) => ownAccount(ctx),
    reply: ({ user }, _input, _ctx, request) => presentOwn(user, request.publicUrl),
  }),

  op('uploadAvatarAsMultipart', {
    auth: 'user',
    run: async (ctx, _input, request) => setAvatar(ctx, { picture: await readPicture(request) }),
    reply: (user, _input, _ctx, request) => presentOwn(user, request.publicUrl),
  }),

  op('resetAvatar', {
    auth: 'user',
    run: (ctx) => resetAvatar(ctx),
    reply: (user, _input, _ctx, request) => presentOwn(user, request.publicUrl),
  }),

  op('requestUserAvatar', {
    auth: 'none',
    run: (ctx, { params }) => pictureOf(ctx, params.user_id, params.uuid),
    reply: ({ isCustom }, { params }, _ctx, request) =>
      presentAvatar(params.user_id, params.uuid, { isCustom, publicUrl: request.publicUrl }),
  }),

  raw('downloadAvatar', {
    auth: 'none',
    run: async (ctx, { params }, { headers }) => {
      const { mediaType, bytes } = await pictureOf(ctx, params.user_id, params.uuid)
      if (!takes(headers.accept, [mediaType, ...asBytes])) {
        return errorAnswer(406, `This answers with ${mediaType}`)
      }
      return {
        status: 200,
        headers: { ...pictureHeaders, 'content-type': mediaType },
        length: bytes.length,
        open: async () => Readable.from([bytes]),
      }
    },
  }),
]

/** What the document names, and what some clients write on every request. */
const asBytes = ['application/octet-stream', 'application/json']

// The address changes with what the picture shows.
const pictureHeaders = {
  'cache-control': 'private, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
}

type Picture = { readonly isCustom: boolean; readonly mediaType: string; readonly bytes: Buffer }

/** Drawn from its address alone, or the one that was given; 'not-found' for any other address. */
async function pictureOf(ctx: Ctx, userId: number, uuid: string): Promise<Picture> {
  const initials = initialsOf(uuid, userId)
  if (initials !== undefined) {
    return { isCustom: false, mediaType: 'image/png', bytes: avatarPicture(initials) }
  }
  const given = await findAvatar(ctx, { userId, uuid })
  if (!given) return fault('not-found', 'user', undefined, { of: 'avatar' })
  return { isCustom: true, mediaType: given.mediaType, bytes: Buffer.from(given.picture) }
}

/** The first file of a multipart body, as far as core takes one. */
async function readPicture(request: FaceRequest): Promise<Buffer> {
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    return refuseInput('body.avatar', 'type', 'multipart/form-data is needed')
  }
  const { result } = await readMultipart(request, async ({ stream }) => {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of stream) {
      size += (chunk as Buffer).length
      if (size > maxAvatarBytes) refuseInput('body.avatar', 'size', 'the picture is too large')
      chunks.push(chunk as Buffer)
    }
    return Buffer.concat(chunks)
  })
  return result ?? refuseInput('body.avatar', 'type', 'a part with a picture is missing')
}

const presentOwn = (user: User, publicUrl: string): Avatar =>
  presentAvatar(user.id, avatarUuid(user.id, user), { isCustom: user.avatar !== null, publicUrl })

function presentAvatar(
  userId: number,
  uuid: string,
  { isCustom, publicUrl }: { readonly isCustom: boolean; readonly publicUrl: string },
): Avatar {
  return {
    avatarUri: `${publicUrl}/api/v4/downloads/avatar/${userId}/${uuid}`,
    avatarUuid: uuid,
    isCustomAvatar: isCustom,
  }
}
