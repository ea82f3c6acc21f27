import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault, isFault } from '../fault.ts'
import type { FileKey, KeyContainers } from '../keys/key-pair.ts'
import { linkKeysFor } from '../keys/link-keys.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { permit, type Seen, seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { wasDeleted } from '../trash/deleted-entry.ts'
import { passwordForm } from '../users/password-policy.ts'
import type { Link, LinkView } from './link.ts'
import { checkLinkFields, type LinkFields, maxLinkName } from './link-fields.ts'
import { requirePassword } from './link-password.ts'
import { linkEvent, tellLinkChange } from './link-rights.ts'
import { checkLinkTexts, type LinkTexts, queueLinkTexts } from './link-texts.ts'
import { linkViews } from './link-views.ts'
import { checkPurpose, neededToManage, neededToShare } from './needed-to-share.ts'
import { checkLinkMail, type LinkMail, queueLinkMails } from './send-link.ts'
import { usualEnd } from './usual-end.ts'

export type CreateLink = LinkFields & {
  readonly kind: Link['kind']
  readonly node: NodeRef
  readonly showCreatorName?: boolean
  readonly showCreatorUserName?: boolean
  readonly notifyCreator?: boolean
  readonly showUploaded?: boolean
  /** Of a link on an encrypted file: its own key pair, and the file key for that. */
  readonly pair?: KeyContainers
  readonly fileKey?: FileKey
  /**
   * A link that the node has already is answered as it is to who may manage it, and nothing is
   * made: one of this kind (true, 'kind'), of any ('node'), or of any that is in force and for
   * anybody ('open').
   */
  readonly onePerNode?: boolean | 'kind' | 'node' | 'open'
  /** Sent in the same transaction, with the faults of `sendLink`. */
  readonly mail?: LinkMail
  /** Who is told the password, in the same transaction, with the faults of `queueLinkTexts`. */
  readonly texts?: LinkTexts
}

/**
 * Makes a link; without a word about its end it ends as the tenant has it. Needs
 * MANAGE_DOWNLOAD_LINKS and READ, or MANAGE_UPLOAD_LINKS, on the node; all of them for a download
 * link that takes uploads. Faults: 'not-found' and 'forbidden' 'node', 'closed' 'node' for a path
 * whose node was deleted, 'wrong-kind' 'node' for files through a link on a file, 'invalid' 'link'
 * with data.field and data.rule, and those of `linkKeysFor` and `queueLinkTexts`.
 */
export async function createLink(ctx: Ctx, input: CreateLink): Promise<LinkView> {
  const hash = await checkNewLink(ctx, input)
  return ctx.write((tx) => createLinkIn(ctx, tx, input, hash))
}

/** What `createLink` refuses without a look at the node; answers the password's one-way form. */
export async function checkNewLink(
  ctx: Ctx,
  input: Omit<CreateLink, 'node'>,
): Promise<string | null> {
  actingUser(ctx)
  checkLinkFields(ctx, input)
  if (input.mail) checkLinkMail(ctx, input.mail)
  if (input.texts) checkLinkTexts(ctx, input.texts, input)
  const { password } = input
  return typeof password === 'string' ? ctx.secrets.hashPassword(passwordForm(password)) : null
}

/** `createLink` in a transaction, for what has passed `checkNewLink`. */
export async function createLinkIn(
  ctx: Ctx,
  tx: Tx,
  input: CreateLink,
  hash: string | null,
): Promise<LinkView> {
  const { userId } = actingUser(ctx)
  const { node, permissions } = await shareable(ctx, tx, input)
  const present = await presentLink(ctx, tx, node, input)
  if (present) {
    permit(permissions, neededToManage(present), 'target')
    return viewOf(ctx, tx, present)
  }
  const token = ctx.secrets.token()
  const link = {
    ...newLink(ctx, { ...input, id: await tx.links.takeId(), node, userId }),
    keys: await linkKeysFor(ctx, tx, node, input),
    sealedToken: ctx.secrets.seal(token),
    isProtected: hash !== null,
  }
  await tx.links.insert(link, ctx.secrets.digest(token), hash)
  await tellLinkChange(ctx, tx, node)
  await recordEvents(ctx, tx, [linkEvent('link.created', link, node)])
  const view = await viewOf(ctx, tx, link)
  requirePassword(ctx, view)
  if (input.mail) await queueLinkMails(ctx, tx, view, input.mail)
  if (input.texts) await queueLinkTexts(ctx, tx, link, { ...input.texts, password: input.password })
  return view
}

/** Where the node is to have one link: the oldest that it has. */
async function presentLink(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  { onePerNode, kind }: CreateLink,
): Promise<Link | undefined> {
  if (!onePerNode) return undefined
  const ofAnyKind = onePerNode === 'node' || onePerNode === 'open'
  const present = await tx.links.ofNode(node.id, ofAnyKind ? undefined : kind)
  return onePerNode === 'open' ? present.find((link) => isOpen(ctx, link)) : present[0]
}

function isOpen(ctx: Ctx, { recipient, expireAt }: Link): boolean {
  return recipient === null && (expireAt === null || expireAt > ctx.now)
}

async function viewOf(ctx: Ctx, tx: Tx, link: Link): Promise<LinkView> {
  const [view] = await linkViews(ctx, tx, [link])
  return view ?? fault('not-found', 'node', 'target')
}

/** The node, held so that it is not deleted meanwhile; alone where it is to have one link. */
async function shareable(ctx: Ctx, tx: Tx, input: CreateLink): Promise<Seen> {
  const found = await liveNode(ctx, tx, input.node)
  const [row] = await tx.nodes.lock([found.node.id], input.onePerNode ? 'change' : 'stay')
  if (!row) return fault('not-found', 'node', 'target')
  const { node, permissions } = await seen(ctx, tx, row, 'target')
  const purpose = { kind: input.kind, takesUploads: input.takesUploads ?? false }
  permit(permissions, neededToShare(purpose), 'target')
  checkPurpose(purpose, node)
  return { node, permissions }
}

/** Faults 'closed' 'node' 'target' for a path under which something was deleted. */
async function liveNode(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Seen> {
  try {
    return await visible(ctx, tx, ref, 'target')
  } catch (error) {
    const wasThere =
      isFault(error, 'not-found') && 'path' in ref && (await wasDeleted(ctx, tx, ref))
    if (wasThere) fault('closed', 'node', 'target')
    throw error
  }
}

type NewLink = Omit<CreateLink, 'node'> & { id: number; node: Node; userId: number }

function newLink(ctx: Ctx, { node, userId, ...input }: NewLink): Link {
  return {
    id: input.id,
    kind: input.kind,
    takesUploads: input.takesUploads ?? false,
    recipient: input.recipient ?? null,
    nodeId: node.id,
    name: input.name ?? defaultName(node),
    sealedToken: '',
    isProtected: false,
    createdAt: ctx.now,
    createdBy: userId,
    updatedAt: ctx.now,
    updatedBy: userId,
    expireAt: input.expireAt === undefined ? usualEnd(ctx, input.kind) : input.expireAt,
    maxDownloads: input.maxDownloads ?? null,
    downloads: 0,
    notes: input.notes ?? null,
    internalNotes: input.internalNotes ?? null,
    showCreatorName: input.showCreatorName ?? false,
    showCreatorUserName: input.showCreatorUserName ?? false,
    notifyCreator: input.notifyCreator ?? false,
    maxBytes: input.maxBytes ?? null,
    maxFiles: input.maxFiles ?? null,
    showUploaded: input.showUploaded ?? false,
    filesExpiryDays: input.filesExpiryDays ?? null,
    uploads: 0,
    uploadedBytes: 0,
    keys: null,
  }
}

/** The node's name as far as the name of a link goes. */
function defaultName({ name }: Node): string {
  return name.length <= maxLinkName ? name : name.slice(0, maxLinkName).toWellFormed()
}
