import type { Ctx } from '../ctx.ts'
import type { EventType, NewEvent } from '../event.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { addNotice } from '../notices/add-notice.ts'
import { heldOn } from '../permissions/held-on.ts'
import { ALL, has, MANAGE, type Permissions } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'

/**
 * Somebody was asked into a shared folder ('invitation'), or asks to be let in ('request'). It is
 * there while it is open: accepted, declined and revoked ones are gone, and their token opens
 * nothing any more.
 */
export type Invitation = {
  readonly id: number
  readonly nodeId: number
  readonly kind: 'invitation' | 'request'
  /** Who may accept it, or who asks; null: whoever has the token. */
  readonly userId: number | null
  /** The group as whose member he was asked. */
  readonly groupId: number | null
  /** What he gets. */
  readonly permissions: Permissions
  readonly sealedToken: string
  /** Whoever has the token may read the folder as long as the invitation is open. */
  readonly publicView: boolean
  readonly message: string
  readonly createdAt: number
  readonly createdBy: number
  /** When what he gets ends, and the invitation at the latest; null: never. */
  readonly expireAt: number | null
}

/** Longer than any token that was given out. */
const maxToken = 200
const maxMessage = 2000

/** The open invitation of a token, locked; 'not-found' 'invitation' for any other. */
export async function invitationOf(
  ctx: Ctx,
  tx: Tx,
  token: string,
  kind: Invitation['kind'] = 'invitation',
): Promise<Invitation> {
  const known = token !== '' && token.length <= maxToken
  const found = known
    ? await tx.invitations.findByDigest(ctx.secrets.digest(token), ctx.now)
    : undefined
  return found?.kind === kind ? found : fault('not-found', 'invitation')
}

/**
 * The room that an invitation is to, on the authority that its maker has now; 'not-found'
 * 'invitation' when the room is gone, or the maker is, is locked or manages the room no more.
 */
export async function invitedRoom(
  ctx: Ctx,
  tx: Tx,
  invitation: Pick<Invitation, 'nodeId' | 'createdBy'>,
): Promise<Node> {
  return (await roomOf(ctx, tx, invitation)) ?? fault('not-found', 'invitation')
}

/** Whether there is such a room. */
export async function isGood(ctx: Ctx, tx: Tx, invitation: Invitation): Promise<boolean> {
  return (await roomOf(ctx, tx, invitation)) !== undefined
}

async function roomOf(
  ctx: Ctx,
  tx: Tx,
  { nodeId, createdBy }: Pick<Invitation, 'nodeId' | 'createdBy'>,
): Promise<Node | undefined> {
  const room = await tx.nodes.find(nodeId)
  const maker = await tx.users.find(createdBy)
  if (room?.kind !== 'room' || !maker || maker.isLocked) return undefined
  if (maker.expireAt !== null && maker.expireAt <= ctx.now) return undefined
  const viewer = { userId: maker.id, mask: ALL, within: null, roles: 0 }
  const held = await heldOn(ctx, tx, viewer, room)
  return has(held ?? 0, MANAGE) ? room : undefined
}

/** A message as it is kept; too long is 'invalid' 'body'. */
export function validMessage(text: string): string {
  if (text.length <= maxMessage) return text
  return fault('invalid', 'body', undefined, { field: 'message', rule: 'length' })
}

/** Tells who is asked; nobody where whoever has the token may come. */
export async function tellInvited(
  ctx: Ctx,
  tx: Tx,
  { id, kind, userId }: Invitation,
  room: Node,
): Promise<void> {
  if (userId === null || kind !== 'invitation') return
  const about = { action: 'share-invitation', text: room.name, nodeId: room.id }
  await addNotice(ctx, tx, { userId, ...about, isInteractive: true, key: keyOf(id) })
}

/** By this the notice of an invitation is found. */
export function keyOf(invitationId: number): string {
  return `invitation ${invitationId}`
}

/** An event about an invitation to this room. */
export function invitationEvent(type: EventType, to: Invitation, room: Node): NewEvent {
  return {
    type,
    nodeId: room.id,
    roomId: room.id,
    nodeKind: 'room',
    nodeName: room.name,
    ...(to.userId === null ? {} : { subjectId: to.userId }),
    data: { kind: to.kind, permissions: to.permissions },
  }
}
