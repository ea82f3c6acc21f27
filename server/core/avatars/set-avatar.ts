import { pictureFacts } from '../../lib/bytes/picture-facts.ts'
import { uuidOf } from '../../lib/bytes/uuid-of.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { User } from '../users/user.ts'
import { avatarEdge, maxAvatarBytes } from './avatar.ts'

export type SetAvatar = {
  readonly picture: Buffer
  /** 'any': a picture that was not made for this; clients scale it. Default: `avatarEdge`. */
  readonly edges?: 'any'
}

/** Of a PNG that was not made for this, since all of its pixels are unpacked once. */
const looseEdge = 1024

/**
 * Makes a picture the own one: PNG or JPEG, `avatarEdge` pixels square, below `maxAvatarBytes`. It
 * is kept as it is. Faults 'invalid' 'user' with data.field 'avatar' and data.rule 'type', 'size'
 * or 'dimensions'.
 */
export async function setAvatar(ctx: Ctx, { picture, edges }: SetAvatar): Promise<User> {
  const { userId } = actingUser(ctx)
  if (picture.length >= maxAvatarBytes) refuse('size')
  const isAny = edges === 'any'
  const facts = pictureFacts(picture, isAny ? looseEdge : undefined) ?? refuse('type')
  const isMadeForThis = facts.width === avatarEdge && facts.height === avatarEdge
  if (!isAny && !isMadeForThis) refuse('dimensions')
  const avatar = { uuid: uuidOf(ctx.secrets.blobKey()), mediaType: facts.mediaType, picture }
  return ctx.write(async (tx) => {
    const user = await tx.users.hold(userId)
    if (!user) return fault('unauthenticated', 'session')
    await tx.avatars.put(userId, avatar)
    await tx.users.update(userId, { avatar: avatar.uuid })
    const data = { what: 'avatar' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
    return { ...user, avatar: avatar.uuid }
  })
}

function refuse(rule: string): never {
  return fault('invalid', 'user', undefined, { field: 'avatar', rule })
}
