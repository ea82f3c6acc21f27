import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { LoginKind } from './user-store.ts'

const maxLogin = 320

/**
 * Tells that a login is an account's. Who is not signed in learns it only where people may register
 * and would learn it anyway. 'not-found' 'user' for everything else.
 */
export async function accountExists(
  ctx: Ctx,
  { login, by }: { readonly login: string; readonly by?: LoginKind },
): Promise<void> {
  const isTold = ctx.actor.kind === 'user' || ctx.tenant.settings.registration
  const isText = login !== '' && checkText(login, maxLogin) === undefined
  const user =
    isTold && isText ? await ctx.read((tx) => tx.users.findByLogin(login, by)) : undefined
  if (!user) fault('not-found', 'user')
}
