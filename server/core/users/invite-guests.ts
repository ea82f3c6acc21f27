import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { requireMailer } from '../mail/queue-mail.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { managedRoom } from '../permissions/managed-room.ts'
import { CHANGE, CREATE, has, READ, ROLE_GUEST } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import type { Tx } from '../store.ts'
import { personMeant } from './claimed-address.ts'
import { fullName } from './full-name.ts'
import { mailInvitation } from './mail-invitation.ts'
import { openAccount } from './open-account.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type GuestInvitation = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
}

export type InviteGuests = {
  readonly room: NodeRef
  readonly guests: readonly GuestInvitation[]
  /** The address to mail, see `linkFrom`; whoever follows it chooses a password. */
  readonly link: string
}

/** What guests may do in a room: take, bring and rename. */
export const guestPermissions = READ | CREATE | CHANGE

/**
 * Lets people from outside into a room: who has no account gets one as a guest, with a mail to
 * choose a password; a guest who has one is let in with it. Needs MANAGE, and that the tenant has
 * guests. All or nothing. Faults: those of `managedRoom`; 'forbidden' 'tenant' with data.rule
 * 'guests' where it has none; 'invalid' 'user' with data.field and data.rule; 'exists' 'user' for
 * the address or name of an internal user, 'exists' 'grant' for a guest who is in the room;
 * 'limit-reached' 'user', 'too-many' 'user', 'unsupported' 'mail', 'too-many' 'mail' above
 * `limits.mailRecipients` and as `queueUserMail`.
 */
export async function inviteGuests(ctx: Ctx, input: InviteGuests): Promise<void> {
  const { bulkItems, mailRecipients: limit } = ctx.limits
  if (input.guests.length > bulkItems) fault('too-many', 'user')
  for (const { email, firstName, lastName } of input.guests) {
    checkUserFields(ctx, { userName: email, email, firstName, lastName })
    if (!isMailAddress(email)) {
      fault('invalid', 'user', undefined, { field: 'email', rule: 'form' })
    }
  }
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    if (!ctx.tenant.settings.guests) fault('forbidden', 'tenant', undefined, { rule: 'guests' })
    const present = new Set((await tx.access.grantsOf(room.id)).map(({ userId }) => userId))
    const ids = new Set<number>()
    let mails = 0
    for (const guest of input.guests) {
      const known = await guestBy(tx, guest.email)
      if (known && (present.has(known.id) || ids.has(known.id))) {
        fault('exists', 'grant', undefined, { rule: 'guest', user: known.id })
      }
      if (!known && ++mails > limit) fault('too-many', 'mail', undefined, { limit })
      const user = known ?? (await openGuest(ctx, tx, room, guest, input.link))
      ids.add(user.id)
    }
    const grants = [...ids].map((userId) => ({ userId, permissions: guestPermissions }))
    if (grants.length > 0) await writeGrants(ctx, tx, room, grants)
  })
}

async function guestBy(tx: Tx, email: string): Promise<User | undefined> {
  const known =
    (await personMeant(tx, email, 'email')) ?? (await personMeant(tx, email, 'userName'))
  if (known && !has(known.roles, ROLE_GUEST)) {
    fault('exists', 'user', undefined, { field: 'email' })
  }
  return known
}

async function openGuest(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  { email, firstName, lastName }: GuestInvitation,
  link: string,
): Promise<User> {
  requireMailer(ctx)
  const account = { userName: email, firstName, lastName, email, phone: null }
  const user = await openAccount(
    ctx,
    tx,
    {
      ...account,
      language: ctx.tenant.language,
      expireAt: null,
      mustChangePassword: false,
      agreedAt: null,
      roles: ROLE_GUEST,
    },
    null,
  )
  const from = await inviterName(ctx, tx)
  const invitation = { purpose: 'reset-password', from, into: room.name, link } as const
  await mailInvitation(ctx, tx, { ...user, email }, invitation)
  return user
}

/** Who invites, as a mail names him. */
export async function inviterName({ actor, tenant }: Ctx, tx: Tx): Promise<string> {
  const user = actor.kind === 'user' ? await tx.users.find(actor.userId) : undefined
  return user ? fullName(user) : tenant.name
}
