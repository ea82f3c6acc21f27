import { findContact } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import type { Avatar } from './avatar.ts'

/**
 * The picture of a person whom the actor knows, or his own; undefined for everybody else, for who
 * has none, and for whoever asks without an account: nobody learns by pictures who has one.
 */
export async function avatarOf(
  ctx: Ctx,
  { userId }: { readonly userId: number },
): Promise<Avatar | undefined> {
  if (ctx.actor.kind !== 'user') return undefined
  const user = await findContact(ctx, { id: userId })
  return user?.avatar ? ctx.read((tx) => tx.avatars.find(user.id)) : undefined
}
