import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { Person } from '../users/user.ts'
import { type Entered, enterLink, type LinkKey, linkByToken } from './enter-link.ts'
import type { Link, PublicLink } from './link.ts'
import { shownBytes } from './link-node.ts'

/** What anybody with its token sees of a link, before a password. Faults as `linkByToken`. */
export async function publicLink(ctx: Ctx, input: Omit<LinkKey, 'password'>): Promise<PublicLink> {
  return ctx.read(async (tx) => describePublic(ctx, tx, await linkByToken(ctx, tx, input)))
}

/** Whether a password opens a link: the same as `publicLink`, or a fault of `enterLink`. */
export async function checkLinkPassword(ctx: Ctx, input: LinkKey): Promise<PublicLink> {
  return enterLink(ctx, input, (tx, entered) => describePublic(ctx, tx, entered), 'read')
}

/** A link and its node without what is for its owners: parents, rights, people, inner notes. */
export async function describePublic(
  ctx: Ctx,
  tx: Tx,
  { link, node }: Entered,
): Promise<PublicLink> {
  const { maxDownloads, downloads } = link
  return {
    link: publicFacts(link),
    node: publicNode(node),
    size: await shownBytes(tx, node, ctx.now),
    limitReached: maxDownloads !== null && downloads >= maxDownloads,
    isForAnybody: link.recipient === null,
    creator: await shownCreator(tx, link),
  }
}

/** `createdBy` and `updatedBy` are 0, `sealedToken` is empty, `recipient` null. */
export function publicFacts(link: Link): Link {
  const hidden = { sealedToken: '', internalNotes: null, recipient: null }
  return { ...link, ...hidden, createdBy: 0, updatedBy: 0 }
}

/** `boundaryId` is 0, and `encryptedBy` where it is encrypted. */
export function publicNode(node: Node): Node {
  return {
    ...node,
    parentId: null,
    boundaryId: 0,
    encryptedBy: node.encryptedBy === null ? null : 0,
    homeOf: null,
    createdBy: null,
    updatedBy: null,
    notes: null,
    room: null,
  }
}

/** As much of the creator as he wants to show; null: nothing. */
export async function shownCreator(tx: Tx, link: Link): Promise<Person | null> {
  const { showCreatorName: name, showCreatorUserName: userName } = link
  if (!name && !userName) return null
  const person = (await tx.users.people([link.createdBy])).get(link.createdBy)
  if (!person) return null
  return {
    id: null,
    userName: userName ? person.userName : '',
    firstName: name ? person.firstName : '',
    lastName: name ? person.lastName : '',
    email: null,
    kind: person.kind,
  }
}
