import type { Ctx } from '../ctx.ts'
import { changeLinksIn, checkWish } from '../links/change-links.ts'
import { checkNewLink, createLinkIn } from '../links/create-link.ts'
import { deleteLinksIn } from '../links/delete-links.ts'
import type { Link, LinkView } from '../links/link.ts'
import { maxLinkNotes } from '../links/link-fields.ts'
import { linksFor } from '../links/links-for.ts'
import { checkLinkMail, queueLinkMails } from '../links/send-link.ts'
import type { Node } from '../nodes/node.ts'
import { CREATE, has, type Permissions, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'

type Terms = {
  readonly permissions: Permissions
  readonly message: string
  readonly expireAt: number | null
  readonly addressOf: (token: string) => string
}

/** Terms of links for recipients that need no look at the node any more. */
export type RecipientLink = Terms & { readonly fields: Pick<Link, 'expireAt' | 'notes'> }

/** Faults of `createLink` that need no look at the node. */
export async function checkRecipientLink(ctx: Ctx, terms: Terms): Promise<RecipientLink> {
  const notes = terms.message === '' ? null : terms.message.slice(0, maxLinkNotes).toWellFormed()
  const fields = { expireAt: terms.expireAt, notes }
  await checkNewLink(ctx, { ...fields, kind: 'download' })
  return { ...terms, fields }
}

/**
 * Gives somebody without an account a link of his own to a node, by mail. One that he has becomes
 * what is asked for now; its token stays, unless it turns from fetching to bringing or back.
 */
export async function linkForRecipient(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  recipient: string,
  terms: RecipientLink,
): Promise<void> {
  const { permissions, fields, message, addressOf } = terms
  const mail = { recipients: [recipient], message, addressOf }
  checkLinkMail(ctx, mail)
  const kind = has(permissions, READ) ? ('download' as const) : ('upload' as const)
  const takesUploads = kind === 'download' && has(permissions, CREATE) && node.kind !== 'file'
  const own = linksFor(await tx.links.ofNodes([node.id]), recipient)
  const [same, ...more] = own.filter((link) => link.kind === kind)
  await deleteLinksIn(ctx, tx, [...own.filter((link) => link.kind !== kind), ...more])
  let view: LinkView | undefined
  if (same) {
    const wish = await checkWish(ctx, { change: { ...fields, takesUploads } })
    ;[view] = await changeLinksIn(ctx, tx, [{ link: same, node }], wish)
  } else {
    const place = { node: { id: node.id }, recipient }
    view = await createLinkIn(ctx, tx, { ...fields, ...place, kind, takesUploads }, null)
  }
  if (view) await queueLinkMails(ctx, tx, view, mail)
}
