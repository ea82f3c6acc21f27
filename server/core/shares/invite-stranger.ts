import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { requireMailer } from '../mail/queue-mail.ts'
import { has, ROLE_GUEST, ROLE_USER, ROLE_USERS, type Roles } from '../permissions/permission.ts'
import { countAsking } from '../sessions/count-asking.ts'
import type { Tx } from '../store.ts'
import { openWaitingAccount } from '../users/open-waiting-account.ts'
import type { User } from '../users/user.ts'
import type { Invite, Login } from './invite.ts'

/**
 * Makes an account for somebody without one who is invited to a folder; it waits until he registers
 * with the mail. He becomes a user where the inviter could make one (ROLE_USERS) or people may
 * register, else a guest where the tenant has guests; nobody is made by guests. Faults: 'not-found'
 * 'user' where none of it is so, and for what is no address of one person without an account;
 * 'unsupported' 'mail'; 'limit-reached' 'user'; 'locked' 'invitation' for a network that invites
 * too many.
 */
export async function inviteStranger(
  ctx: Ctx,
  tx: Tx,
  { login, by }: Login,
  { registerAt, language }: Pick<Invite, 'registerAt' | 'language'>,
): Promise<User> {
  const roles = registerAt === undefined ? undefined : rolesOfStranger(ctx)
  const isAddress = (by === undefined || by === 'email') && isMailAddress(login)
  if (roles === undefined || !isAddress || (await isTaken(tx, login))) {
    return fault('not-found', 'user')
  }
  requireMailer(ctx)
  const isManager = has(actingUser(ctx).roles, ROLE_USERS)
  const tooMany = isManager ? undefined : await countAsking(ctx, tx, 'invite')
  if (tooMany) fault('locked', 'invitation', undefined, tooMany.data)
  const own = await tx.users.find(actingUser(ctx).userId)
  return openWaitingAccount(ctx, tx, {
    email: login,
    roles,
    language: language ?? own?.language,
    isStranger: true,
  })
}

/** By a user name, or an address of several. */
async function isTaken(tx: Tx, email: string): Promise<boolean> {
  return (
    (await tx.users.findByLogin(email, 'userName')) !== undefined ||
    (await tx.users.count({ email })) > 0
  )
}

function rolesOfStranger(ctx: Ctx): Roles | undefined {
  const { roles } = actingUser(ctx)
  const { registration, guests } = ctx.tenant.settings
  if (has(roles, ROLE_GUEST)) return undefined
  if (registration || has(roles, ROLE_USERS)) return ROLE_USER
  return guests ? ROLE_GUEST : undefined
}
