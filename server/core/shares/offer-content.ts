import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { lineTo } from '../nodes/line.ts'
import type { NodeRef } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { personMeant } from '../users/claimed-address.ts'
import { validMessage } from './invitation.ts'
import type { Login } from './invite.ts'
import type { Offer } from './offer.ts'

export type OfferContent = {
  readonly to: Login
  /** Of the own home; absent: everything in it. */
  readonly node?: NodeRef
  readonly message?: string
  /** What was taken over goes to the owner's trash. */
  readonly cleansUp?: boolean
}

/**
 * Offers content of the own home to another user, who may copy it into his. Faults: 'not-found'
 * 'node' and 'user', 'forbidden' 'node' for what lies elsewhere, 'forbidden' 'user' for oneself.
 */
export async function offerContent(ctx: Ctx, input: OfferContent): Promise<Offer> {
  const { userId } = actingUser(ctx)
  const message = validMessage(input.message ?? '')
  return ctx.write(async (tx) => {
    const { nodeId, sourcePath } = await sourceOf(ctx, tx, userId, input.node)
    const receiver = await personMeant(tx, input.to.login, input.to.by)
    if (!receiver) return fault('not-found', 'user')
    if (receiver.id === userId) fault('forbidden', 'user')
    const offer: Offer = {
      id: await tx.offers.takeId(),
      token: ctx.secrets.token(),
      ownerId: userId,
      receiverId: receiver.id,
      nodeId,
      sourcePath,
      targetPath: [],
      cleansUp: input.cleansUp ?? false,
      message,
      state: 'requested',
      createdAt: ctx.now,
    }
    await tx.offers.insert(offer)
    await tellOffer(ctx, tx, 'offer.made', offer)
    return offer
  })
}

async function sourceOf(ctx: Ctx, tx: Tx, userId: number, ref: NodeRef | undefined) {
  if (ref === undefined) return { nodeId: null, sourcePath: [] }
  const { node } = await visible(ctx, tx, ref)
  const line = await lineTo(tx, node)
  const home = line.findIndex(({ homeOf }) => homeOf === userId)
  if (home < 0) fault('forbidden', 'node')
  const sourcePath = line.slice(home + 1).map(({ name }) => name)
  return { nodeId: sourcePath.length === 0 ? null : node.id, sourcePath }
}

export type FindOffers = {
  /** 'own': that the actor made; 'others': made to him; absent: both. */
  readonly whose?: 'own' | 'others'
  readonly states?: readonly Offer['state'][]
  readonly sourcePath?: readonly string[]
}

/** Offers from and to the actor, oldest first. */
export async function findOffers(ctx: Ctx, input: FindOffers): Promise<Offer[]> {
  const { userId } = actingUser(ctx)
  const { whose, states, sourcePath } = input
  const all = await ctx.read((tx) => tx.offers.ofUser(userId))
  return all.filter((one) => {
    const isOwn = one.ownerId === userId
    if (whose !== undefined && isOwn !== (whose === 'own')) return false
    if (states !== undefined && !states.includes(one.state)) return false
    return sourcePath === undefined || one.sourcePath.join('/') === sourcePath.join('/')
  })
}

/**
 * Takes an offer away: its receiver one that he has not accepted ('closed' 'offer' otherwise), its
 * owner any. Others: 'not-found' 'offer'.
 */
export async function endOffer(
  ctx: Ctx,
  { token, as }: { readonly token: string; readonly as: 'owner' | 'receiver' },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const offer = await offerOf(tx, token)
    const isIts = userId === (as === 'owner' ? offer.ownerId : offer.receiverId)
    if (!isIts) fault('not-found', 'offer')
    if (as === 'receiver' && offer.state !== 'requested') fault('closed', 'offer')
    if (!(await tx.offers.remove(offer.id))) fault('not-found', 'offer')
    await tellOffer(ctx, tx, 'offer.ended', offer)
  })
}

/** 'not-found' 'offer' for a token that names none. */
export async function offerOf(tx: Tx, token: string): Promise<Offer> {
  const found = token.length > 200 ? undefined : await tx.offers.findByToken(token)
  return found ?? fault('not-found', 'offer')
}

export async function tellOffer(ctx: Ctx, tx: Tx, type: EventType, offer: Offer): Promise<void> {
  const { ownerId, receiverId, nodeId } = offer
  await recordEvents(ctx, tx, [
    { type, subjectId: receiverId, data: { owner: ownerId, node: nodeId } },
  ])
}
