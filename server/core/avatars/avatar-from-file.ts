import type { Ctx } from '../ctx.ts'
import { readFile } from '../downloads/read-file.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { type OwnProfile, ownProfile } from '../profiles/own-profile.ts'
import { maxAvatarBytes } from './avatar.ts'
import { resetAvatar } from './reset-avatar.ts'
import { setAvatar } from './set-avatar.ts'

/**
 * Makes a file that the user may read his picture; a copy of it, so that the file may change or go.
 * Faults as `readFile` and `setAvatar`.
 */
export async function avatarFromFile(
  ctx: Ctx,
  { node }: { readonly node: NodeRef },
): Promise<OwnProfile> {
  const file = await readFile(ctx, { node })
  if (file.size >= maxAvatarBytes) {
    fault('invalid', 'user', undefined, { field: 'avatar', rule: 'size' })
  }
  const chunks: Buffer[] = []
  for await (const chunk of await file.open()) chunks.push(Buffer.from(chunk as Uint8Array))
  await setAvatar(ctx, { picture: Buffer.concat(chunks), edges: 'any' })
  return ownProfile(ctx)
}

/** Takes the own picture away. */
export async function removeAvatar(ctx: Ctx): Promise<OwnProfile> {
  await resetAvatar(ctx)
  return ownProfile(ctx)
}
