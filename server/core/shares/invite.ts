import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import { holdsMount } from '../nodes/mounts.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { checkEnd } from '../permissions/grant-facts.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import type { Permissions } from '../permissions/permission.ts'
import { queueEnds } from '../permissions/queue-ends.ts'
import type { Tx } from '../store.ts'
import { personMeant } from '../users/claimed-address.ts'
import type { LoginKind } from '../users/user-store.ts'
import { type Invitation, invitationEvent, tellInvited, validMessage } from './invitation.ts'
import { inviteStranger } from './invite-stranger.ts'
import { limitRoom } from './limit-share.ts'
import { mailStranger } from './mail-stranger.ts'
import { managedContainer } from './managed-share.ts'
import { withdraw } from './revoke.ts'
import { startShare } from './start-share.ts'

export type Login = { readonly login: string; readonly by?: LoginKind }

export type Invite = {
  readonly node: NodeRef
  /** A group: everybody in it, each for himself. 'anyone': the first who comes with the token. */
  readonly to: Login | { readonly groupId: number } | 'anyone'
  readonly permissions: Permissions
  readonly message?: string
  /** Whoever has the token may read the folder as long as the invitation is open. */
  readonly publicView?: boolean
  /** Bytes that the folder may hold; null takes the limit away. */
  readonly quota?: number | null
  /** The address to mail to whom has no account, see `linkFrom`; absent: nobody such is invited. */
  readonly registerAt?: string
  /** Of that mail and account; default: that of who invites. */
  readonly language?: string
  /** When what is given ends, and the invitation at the latest; absent or null: never. */
  readonly expireAt?: number | null
}

export type Invited = {
  /** Of the one invitation; absent for a group, and where he is a member already. */
  readonly token?: string
}

/**
 * Asks somebody into a folder, which becomes a shared one by it, or into a room. Needs MANAGE. An
 * invitation that is open is kept, with what it gives changed. Faults: those of `managedContainer`;
 * 'wrong-kind' 'node' 'source' (rule 'holds-mount') where a room of others is mounted inside: they
 * would reach it without its members knowing; 'not-found' 'user' or 'group'; 'exists' 'user' (rule
 * 'self') for oneself and for whose home it lies in; both are passed over in a group. With
 * `registerAt` those of `inviteStranger` for an address that no account has.
 */
export async function invite(ctx: Ctx, input: Invite): Promise<Invited> {
  return ctx.write((tx) => inviteIn(ctx, tx, input))
}

/** `invite` in a transaction. */
export async function inviteIn(ctx: Ctx, tx: Tx, input: Invite): Promise<Invited> {
  const { userId: makerId } = actingUser(ctx)
  const message = validMessage(input.message ?? '')
  checkEnd(ctx, input)
  const { node } = await managedContainer(ctx, tx, input.node)
  const ownerId = ownerRoom(await lineTo(tx, node))?.homeOf ?? null
  const userIds = await inviteesOf(ctx, tx, input, [makerId, ownerId])
  const room = await sharedFolder(ctx, tx, node)
  if (input.quota !== undefined) await limitRoom(ctx, tx, room, input.quota)
  const groupId = groupOf(input.to)
  const wish = { ...input, message, makerId, groupId }
  const invited: Invited[] = []
  for (const userId of userIds) invited.push(await open(ctx, tx, room, { ...wish, userId }))
  return groupId === null ? (invited[0] ?? {}) : {}
}

/** Who is asked; null: whoever has the token. */
async function inviteesOf(
  ctx: Ctx,
  tx: Tx,
  { to, ...more }: Pick<Invite, 'to' | 'registerAt' | 'language'>,
  selves: readonly (number | null)[],
): Promise<readonly (number | null)[]> {
  if (to === 'anyone') return [null]
  if ('groupId' in to) {
    const members = await membersOf(tx, to.groupId)
    if (members.length > ctx.limits.bulkItems) fault('too-many', 'user')
    return members.filter((id) => !selves.includes(id))
  }
  const user = (await personMeant(tx, to.login, to.by)) ?? (await inviteStranger(ctx, tx, to, more))
  if (selves.includes(user.id)) fault('exists', 'user', undefined, { rule: 'self' })
  return [user.id]
}

/** Who is in a group; 'not-found' 'group'. */
export async function membersOf(tx: Tx, groupId: number): Promise<number[]> {
  const known = Number.isSafeInteger(groupId) && (await tx.groups.find(groupId)) !== undefined
  return known ? tx.groups.membersOf(groupId) : fault('not-found', 'group')
}

function groupOf(to: Invite['to']): number | null {
  return typeof to === 'object' && 'groupId' in to ? to.groupId : null
}

/** The room that a folder is as a shared one; made of it if it is none. */
export async function sharedFolder(ctx: Ctx, tx: Tx, node: Node): Promise<Node> {
  if (node.kind === 'room') return node
  if (await holdsMount(ctx, tx, node)) {
    fault('wrong-kind', 'node', 'source', { rule: 'holds-mount' })
  }
  return startShare(ctx, tx, node)
}

async function isMember(ctx: Ctx, tx: Tx, { id }: Node, userId: number): Promise<boolean> {
  return (await grantsInForce(ctx, tx, id)).some((grant) => grant.userId === userId)
}

type Wish = Omit<Invite, 'to' | 'node'> & {
  readonly userId: number | null
  readonly groupId: number | null
  readonly makerId: number
  readonly message: string
}

async function open(ctx: Ctx, tx: Tx, room: Node, wish: Wish): Promise<Invited> {
  const { userId, makerId, groupId, permissions, message, publicView = false, registerAt } = wish
  const { expireAt = null } = wish
  if (userId !== null && (await isMember(ctx, tx, room, userId))) return {}
  const before = (await tx.invitations.ofNodes([room.id], ctx.now)).find(
    (one) => one.kind === 'invitation' && one.userId === userId && userId !== null,
  )
  await queueEnds(tx, room.id, [expireAt])
  if (before) {
    await tx.invitations.update(before.id, { permissions, publicView, message, expireAt })
    await mailStranger(ctx, tx, { ...before, message }, room, { link: registerAt, isAgain: true })
    return { token: ctx.secrets.unseal(before.sealedToken) }
  }
  const ended = await tx.invitations.ended(ctx.now, room.id)
  await withdraw(
    ctx,
    tx,
    room,
    ended.filter((one) => one.userId === userId),
  )
  const token = ctx.secrets.token()
  const invitation: Invitation = {
    id: await tx.invitations.takeId(),
    nodeId: room.id,
    kind: 'invitation',
    userId,
    groupId,
    permissions,
    sealedToken: ctx.secrets.seal(token),
    publicView,
    message,
    createdAt: ctx.now,
    createdBy: makerId,
    expireAt,
  }
  await tx.invitations.insert(invitation, ctx.secrets.digest(token))
  await recordEvents(ctx, tx, [invitationEvent('invitation.sent', invitation, room)])
  await tellInvited(ctx, tx, invitation, room)
  await mailStranger(ctx, tx, invitation, room, { link: registerAt })
  return { token }
}
