import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { ownerOf } from '../nodes/describe-nodes.ts'
import { lineTo } from '../nodes/line.ts'
import type { Node } from '../nodes/node.ts'
import { has, MANAGE, type Permissions } from '../permissions/permission.ts'
import { permit, seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { admit } from './accept-invitation.ts'
import { type Invitation, invitationEvent, validMessage } from './invitation.ts'
import { published } from './publish-folder.ts'

export type RequestAccess = {
  readonly token: string
  /** What is asked for. */
  readonly permissions: Permissions
  readonly message?: string
}

/**
 * Asks to be let into a published folder; asked twice it is one request. Faults: 'not-found'
 * 'publication' for no such folder, 'exists' 'user' (rule 'self') for the own one, 'forbidden'
 * 'node' for who is let in or invited already.
 */
export async function requestAccess(ctx: Ctx, input: RequestAccess): Promise<void> {
  const { userId } = actingUser(ctx)
  const message = validMessage(input.message ?? '')
  await ctx.write(async (tx) => {
    const { nodeId } = await published(tx, input.token)
    const [room] = await tx.nodes.lock([nodeId], 'change')
    if (!room) return fault('not-found', 'node')
    const held = await tx.access.of(room.id, userId, ctx.now)
    if (ownerOf(await lineTo(tx, room)) === userId || has(held ?? 0, MANAGE)) {
      fault('exists', 'user', undefined, { rule: 'self' })
    }
    if ((held ?? 0) !== 0) fault('forbidden', 'node')
    const open = (await tx.invitations.ofNodes([room.id], ctx.now)).filter(
      (one) => one.userId === userId,
    )
    if (open.some(({ kind }) => kind === 'invitation')) fault('forbidden', 'node')
    if (open.length === 0) await ask(ctx, tx, room, { ...input, message, userId })
  })
}

async function ask(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  wish: { userId: number; permissions: Permissions; message: string },
): Promise<void> {
  const token = ctx.secrets.token()
  const request: Invitation = {
    id: await tx.invitations.takeId(),
    nodeId: room.id,
    kind: 'request',
    userId: wish.userId,
    groupId: null,
    permissions: wish.permissions,
    sealedToken: ctx.secrets.seal(token),
    publicView: false,
    message: wish.message,
    createdAt: ctx.now,
    createdBy: wish.userId,
    expireAt: null,
  }
  await tx.invitations.insert(request, ctx.secrets.digest(token))
  await recordEvents(ctx, tx, [invitationEvent('invitation.sent', request, room)])
}

export type GrantRequest = {
  /** Of the request, or of the folder together with who asked. */
  readonly token: string
  readonly userId?: number
  readonly permissions: Permissions
}

/**
 * Lets somebody in who asked. Needs MANAGE in the folder ('forbidden' 'node' for who is in it
 * without). Faults: 'not-found' 'invitation' for no such request, or one to a folder that the actor
 * does not see, 'not-found' 'user' for an id that nobody has.
 */
export async function grantRequest(ctx: Ctx, input: GrantRequest): Promise<void> {
  actingUser(ctx)
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const asked = await askedFor(ctx, tx, input)
    const room = await tx.nodes.find(asked.nodeId)
    if (!room) return fault('not-found', 'invitation')
    permit((await seen(ctx, tx, room)).permissions, MANAGE)
    const request = asked.request ?? (await requestFor(ctx, tx, room, input))
    const removed = await tx.invitations.remove(request.id)
    if (!removed || request.userId === null) return fault('not-found', 'invitation')
    await admit(ctx, tx, room, request.userId, input)
    await recordEvents(ctx, tx, [invitationEvent('invitation.accepted', request, room)])
  })
}

/** The folder that a token leads to, and the request where it names one. */
async function askedFor(
  ctx: Ctx,
  tx: Tx,
  { token }: GrantRequest,
): Promise<{ readonly nodeId: number; readonly request?: Invitation }> {
  if (token.length > 200) return fault('not-found', 'invitation')
  const own = await tx.invitations.findByDigest(ctx.secrets.digest(token), ctx.now)
  if (own?.kind === 'request') return { nodeId: own.nodeId, request: own }
  return (await tx.publications.findByToken(token)) ?? fault('not-found', 'invitation')
}

/** Of this user; without one, the only request that there is. */
async function requestFor(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  { userId }: GrantRequest,
): Promise<Invitation> {
  const open = await tx.invitations.ofNodes([room.id], ctx.now)
  const requests = open.filter(
    (one) => one.kind === 'request' && (userId === undefined || one.userId === userId),
  )
  const [found, another] = requests
  if (found && !another) return found
  if (userId !== undefined && !(await tx.users.find(userId))) fault('not-found', 'user')
  return fault('not-found', 'invitation')
}
