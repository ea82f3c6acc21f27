import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { checkEnd } from '../permissions/grant-facts.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import { ALL, expand, MANAGE, type Permissions } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import { permit } from '../permissions/visible.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import { validMessage } from '../shares/invitation.ts'
import { inviteIn } from '../shares/invite.ts'
import type { Tx } from '../store.ts'
import { personMeant } from '../users/claimed-address.ts'
import { isStranger } from '../users/pending.ts'
import type { User } from '../users/user.ts'
import { type Opening, openingsOf } from './opened-to.ts'
import { checkRecipientLink, linkForRecipient, type RecipientLink } from './recipient-link.ts'

export type ShareWith = {
  readonly nodes: readonly NodeRef[]
  /** Mail addresses. */
  readonly recipients: readonly string[]
  readonly permissions: Permissions
  readonly message?: string
  /** When what is given ends; absent or null: never. */
  readonly expireAt?: number | null
  /** The address of a link for people, from its token. */
  readonly addressOf: (token: string) => string
}

/**
 * Gives people something on nodes, all or none, and answers what opens these then: who has an
 * account is invited, or holds it at once where he is a member; anybody else, and everybody on a
 * file, gets a link of his own by mail. Needs MANAGE. Faults: 'not-found' 'node' with data.item,
 * its place in the list; those of `invite`, `setRoomGrants`, `createLink` and `sendLink`; 'invalid'
 * 'user' (field 'email') for what is no address, 'invalid' 'grant' for nothing given, or to nobody,
 * or on nothing; 'too-many' 'grant' above `limits.bulkItems`.
 */
export async function shareWith(ctx: Ctx, input: ShareWith): Promise<Opening[]> {
  actingUser(ctx)
  const recipients = checkShare(ctx, input)
  const message = validMessage(input.message ?? '')
  const terms = { ...input, message, expireAt: input.expireAt ?? null }
  const links = await checkRecipientLink(ctx, terms)
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const ids: number[] = []
    for (const { node, permissions } of await visibleMany(ctx, tx, input.nodes)) {
      permit(permissions, MANAGE)
      ids.push(node.id)
    }
    for (const id of ids) {
      for (const email of recipients) await give(ctx, tx, id, email, terms, links)
    }
    const nodes = new Map((await tx.nodes.findMany(ids)).map((node) => [node.id, node]))
    return openingsOf(
      ctx,
      tx,
      ids.flatMap((id) => nodes.get(id) ?? []),
    )
  })
}

/** The recipients, each once. */
function checkShare(ctx: Ctx, input: ShareWith): string[] {
  const { nodes, permissions } = input
  const recipients = spelledOnce(input.recipients.map((one) => one.trim()))
  if (!recipients.every(isMailAddress)) {
    fault('invalid', 'user', undefined, { field: 'email', rule: 'email' })
  }
  if (recipients.length === 0) refuse('recipients', 'required')
  if (nodes.length === 0) refuse('nodes', 'required')
  if (!Number.isSafeInteger(permissions) || permissions <= 0 || permissions > ALL) {
    refuse('permissions', 'range')
  }
  const limit = ctx.limits.bulkItems
  if (recipients.length * nodes.length > limit) fault('too-many', 'grant', undefined, { limit })
  const mails = ctx.limits.mailRecipients
  if (recipients.length > mails) fault('too-many', 'mail', undefined, { limit: mails })
  checkEnd(ctx, input)
  return recipients
}

/** The first spelling of each. */
function spelledOnce(addresses: readonly string[]): string[] {
  const first = new Map<string, string>()
  for (const one of addresses) if (!first.has(one.toLowerCase())) first.set(one.toLowerCase(), one)
  return [...first.values()]
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'grant', undefined, { field, rule })
}

type Terms = ShareWith & { readonly message: string; readonly expireAt: number | null }

async function give(
  ctx: Ctx,
  tx: Tx,
  nodeId: number,
  email: string,
  terms: Terms,
  links: RecipientLink,
): Promise<void> {
  const node = (await tx.nodes.find(nodeId)) ?? fault('not-found', 'node')
  const user = node.kind === 'file' ? undefined : await accountOf(tx, email)
  if (!user) return linkForRecipient(ctx, tx, node, email, links)
  if (await changedMember(ctx, tx, node, user, terms)) return
  const { permissions, message, expireAt } = terms
  const to = { login: email, by: 'email' } as const
  await inviteIn(ctx, tx, { node: { id: node.id }, to, permissions, message, expireAt })
}

/** Who has an account that he uses; not who only was invited. */
async function accountOf(tx: Tx, email: string): Promise<User | undefined> {
  const user = await personMeant(tx, email, 'email')
  return user && !isStranger(user) ? user : undefined
}

/** Gives a member what he holds from now on; false for anybody else. */
async function changedMember(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  user: User,
  { permissions, expireAt }: Terms,
): Promise<boolean> {
  if (node.kind !== 'room') return false
  const grants = await grantsInForce(ctx, tx, node.id)
  const before = grants.find(({ userId }) => userId === user.id)
  const isOwn = user.id === node.homeOf || user.id === actingUser(ctx).userId
  if (!before || isOwn) return false
  const isSame = before.permissions === expand(permissions) && before.expireAt === expireAt
  if (!isSame) await writeGrants(ctx, tx, node, [{ userId: user.id, permissions, expireAt }])
  return true
}
