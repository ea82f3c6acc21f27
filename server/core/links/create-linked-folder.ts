import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ensureFolders } from '../nodes/ensure-folders.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { has, ROLE_GUEST } from '../permissions/permission.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { type CheckedWish, changeLinksIn } from './change-links.ts'
import { type CreateLink, checkNewLink, createLinkIn } from './create-link.ts'
import type { LinkView } from './link.ts'
import { managedNode } from './link-rights.ts'
import { linksFor } from './links-for.ts'
import { checkLinkMail, type LinkMail, queueLinkMails } from './send-link.ts'
import { usualEnd } from './usual-end.ts'

export type CreateLinkedFolder = {
  /** Where the path begins; default: the actor's own root. */
  readonly parent?: NodeRef
  /** Names of folders; those that are missing are made. The last one gets the link. */
  readonly path: readonly string[]
  readonly link: Omit<CreateLink, 'node' | 'onePerNode' | 'mail' | 'pair' | 'fileKey'>
  /** Sent in the same transaction, with the faults of `sendLink`. */
  readonly mail?: LinkMail
  /** Its recipient is told its address, where mails are sent. */
  readonly tell?: LinkMail['addressOf']
}

/**
 * A folder with a link, made where they are missing. A link of this kind and for this recipient
 * that the folder has is changed to what is asked for now. Needs CREATE where a folder is made and
 * what `createLink` and `changeLinks` need. Faults: those, 'wrong-kind' 'node' 'parent' where
 * something that is no folder has the name, 'exists' 'link' for a link of the other kind or for
 * somebody else (data.rule 'kind', 'recipient'), 'exists' 'user' (data.field 'email') where the
 * recipient has an account and could be let in by that.
 */
export async function createLinkedFolder(ctx: Ctx, input: CreateLinkedFolder): Promise<LinkView> {
  const { link: wanted, path } = input
  if (path.length === 0) fault('invalid', 'node', 'parent', { field: 'path', rule: 'required' })
  const mail = mailOf(ctx, input)
  const hash = await checkNewLink(ctx, wanted)
  return ctx.write(async (tx) => {
    if (wanted.recipient) await refuseAccounts(ctx, tx, wanted.recipient)
    const start = input.parent && (await visible(ctx, tx, input.parent, 'parent'))
    const { node } = await ensureFolders(ctx, tx, { path, from: start?.node.id }, 0)
    if (node.kind !== 'folder') fault('wrong-kind', 'node', 'parent')
    const view = await linkOn(ctx, tx, node, { wanted, hash })
    if (!mail) return view
    checkLinkMail(ctx, mail)
    await queueLinkMails(ctx, tx, view, mail)
    return view
  })
}

function mailOf(ctx: Ctx, { mail, tell, link }: CreateLinkedFolder): LinkMail | undefined {
  if (!tell || !link.recipient || ctx.mailer === null) return mail
  return { recipients: [link.recipient], message: '', addressOf: tell }
}

/** Several accounts may have one address. */
async function refuseAccounts(ctx: Ctx, tx: Tx, email: string): Promise<void> {
  const limit = ctx.limits.bulkItems
  const users = await tx.users.page({ email }, [], { offset: 0, limit })
  const isInside = users.some(({ roles }) => !has(roles, ROLE_GUEST))
  if (isInside) fault('exists', 'user', undefined, { field: 'email' })
}

type Wanted = { readonly wanted: CreateLinkedFolder['link']; readonly hash: string | null }

async function linkOn(ctx: Ctx, tx: Tx, node: Node, { wanted, hash }: Wanted): Promise<LinkView> {
  await tx.nodes.lock([node.id], 'change')
  const present = await tx.links.ofNode(node.id)
  const alike = linksFor(present, wanted.recipient)
  const same = alike.find(({ kind }) => kind === wanted.kind)
  if (same) {
    const managed = await managedNode(ctx, tx, same)
    if (!managed) return fault('not-found', 'node', 'target')
    const [view] = await changeLinksIn(
      ctx,
      tx,
      [{ link: same, node: managed }],
      wishOf(ctx, wanted, hash),
    )
    return view ?? fault('not-found', 'node', 'target')
  }
  if (present.length > 0) {
    fault('exists', 'link', undefined, { rule: alike.length > 0 ? 'kind' : 'recipient' })
  }
  return createLinkIn(ctx, tx, { ...wanted, node: { id: node.id } }, hash)
}

/** What is asked for holds afterwards: what is not said of it is taken away. */
function wishOf(ctx: Ctx, wanted: CreateLinkedFolder['link'], hash: string | null): CheckedWish {
  const {
    kind,
    expireAt = usualEnd(ctx, kind),
    password = null,
    takesUploads = false,
    ...rest
  } = wanted
  return { change: { ...rest, expireAt, password, takesUploads }, hash }
}
