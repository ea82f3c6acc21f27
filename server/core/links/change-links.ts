import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { passwordForm } from '../users/password-policy.ts'
import { type LinkRef, type ManagedLink, managedLink } from './find-link.ts'
import type { Link, LinkView } from './link.ts'
import { checkLinkFields, type LinkFields } from './link-fields.ts'
import { requirePassword } from './link-password.ts'
import { linkEvent, managedNode, tellLinkChange } from './link-rights.ts'
import type { LinkChange } from './link-store.ts'
import { checkLinkTexts, type LinkTexts, queueLinkTexts } from './link-texts.ts'
import { linkViews } from './link-views.ts'
import { checkPurpose } from './needed-to-share.ts'

export type ChangeLinks = (
  | {
      readonly ids: readonly number[]
      /** Only links of this kind; default: of any. */
      readonly kind?: Link['kind']
    }
  /** Or one, with the faults of `findLink`. */
  | { readonly ref: LinkRef }
) &
  LinkWish

export type LinkWish = {
  /** Absent members stay; null takes a limit, an end, notes or the password away. */
  readonly change: LinkFields
  /** What it is to be for: none is turned into one of the other kind. */
  readonly asKind?: Link['kind']
  /** Who is told the new password, with the faults of `queueLinkTexts`. */
  readonly texts?: LinkTexts
}

/** A change that was checked, with the one-way form of its password; undefined: that stays. */
export type CheckedWish = LinkWish & { readonly hash: string | null | undefined }

/**
 * Changes links alike, all or none, and answers them in their order. Needs what managing them
 * needs, before and after. 'not-found' 'link' for one that is not there, is of another kind or of a
 * node that the actor does not see, 'forbidden' 'node' where he sees it; 'too-many' 'link' above
 * `limits.bulkItems`; 'wrong-kind' 'node' and 'invalid' 'link' as for a new one, and 'invalid'
 * 'link' (field 'kind', rule 'fixed'); 'encrypted' 'link' (rule 'password') for a password of an
 * encrypted file's link.
 */
export async function changeLinks(ctx: Ctx, input: ChangeLinks): Promise<LinkView[]> {
  const ids = 'ids' in input ? [...new Set(input.ids)] : []
  const limit = ctx.limits.bulkItems
  if (ids.length > limit) fault('too-many', 'link', undefined, { limit })
  const wish = await checkWish(ctx, input)
  return ctx.write(async (tx) => {
    if ('ref' in input) return changeLinksIn(ctx, tx, [await managedLink(ctx, tx, input.ref)], wish)
    const { kind } = input
    const links: ManagedLink[] = []
    for (const id of ids) links.push(await managed(ctx, tx, id, kind))
    return changeLinksIn(ctx, tx, links, wish)
  })
}

/** What `changeLinks` refuses without a look at the links. */
export async function checkWish(ctx: Ctx, wish: LinkWish): Promise<CheckedWish> {
  const { change, asKind, texts } = wish
  actingUser(ctx)
  checkLinkFields(ctx, change)
  if (texts) checkLinkTexts(ctx, texts, change)
  return { change, asKind, texts, hash: await hashOf(ctx, change) }
}

/** `changeLinks` in a transaction, for links that the actor may manage and a checked wish. */
export async function changeLinksIn(
  ctx: Ctx,
  tx: Tx,
  links: readonly ManagedLink[],
  wish: CheckedWish,
): Promise<LinkView[]> {
  const { change, hash, texts } = wish
  const { userId } = actingUser(ctx)
  const columns = { ...columnsOf(change), updatedAt: ctx.now, updatedBy: userId }
  const nodes = new Map<number, Node>()
  for (const { link, node } of links) {
    await checkChanged(ctx, tx, { link, node }, wish)
    await tx.links.update(link.id, columns)
    if (hash !== undefined) await tx.links.setPasswordHash(link.id, hash)
    if (texts) {
      const { name = link.name, password } = change
      await queueLinkTexts(ctx, tx, { name }, { ...texts, password })
    }
    await recordEvents(ctx, tx, [linkEvent('link.changed', link, node)])
    nodes.set(node.id, node)
  }
  for (const node of nodes.values()) await tellLinkChange(ctx, tx, node)
  const ids = links.map(({ link }) => link.id)
  const views = await linkViews(ctx, tx, await reread(tx, ids))
  // Links that were made before the tenant asked for passwords stay as they are.
  if (change.password === null) for (const view of views) requirePassword(ctx, view)
  return views
}

async function managed(
  ctx: Ctx,
  tx: Tx,
  id: number,
  kind: Link['kind'] | undefined,
): Promise<ManagedLink> {
  const link = Number.isSafeInteger(id) ? await tx.links.find(id) : undefined
  const isKind = link !== undefined && (kind === undefined || link.kind === kind)
  const node = isKind ? await managedNode(ctx, tx, link) : undefined
  if (!link || !node) return fault('not-found', 'link', undefined, { link: id })
  return { link, node }
}

/** A link that is to take uploads is changed by who may make such a one. */
async function checkChanged(
  ctx: Ctx,
  tx: Tx,
  { link, node }: ManagedLink,
  { change: { takesUploads }, hash, asKind = link.kind }: CheckedWish,
): Promise<void> {
  if (asKind !== link.kind) {
    fault('invalid', 'link', undefined, { field: 'kind', rule: 'fixed' })
  }
  if (link.keys && hash) fault('encrypted', 'link', undefined, { rule: 'password' })
  if (!takesUploads || link.takesUploads) return
  const after = { kind: link.kind, takesUploads }
  await managedNode(ctx, tx, { ...link, ...after })
  checkPurpose(after, node)
}

async function reread(tx: Tx, ids: readonly number[]): Promise<Link[]> {
  const links: Link[] = []
  for (const id of ids) {
    const link = await tx.links.find(id)
    if (link) links.push(link)
  }
  return links
}

/** undefined: the password stays. */
async function hashOf(ctx: Ctx, { password }: LinkFields): Promise<string | null | undefined> {
  if (typeof password !== 'string') return password
  return ctx.secrets.hashPassword(passwordForm(password))
}

function columnsOf({ password: _, ...rest }: LinkFields): LinkChange {
  return rest
}
