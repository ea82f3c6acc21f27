import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { passwordForm } from '../users/password-policy.ts'
import type { Link, LinkView } from './link.ts'
import { checkLinkFields, type LinkFields } from './link-fields.ts'
import { requirePassword } from './link-password.ts'
import { linkEvent, managedNode, tellLinkChange } from './link-rights.ts'
import type { LinkChange } from './link-store.ts'
import { linkViews } from './link-views.ts'
import { checkPurpose } from './needed-to-share.ts'

export type ChangeLinks = {
  readonly ids: readonly number[]
  /** Only links of this kind; default: of any. */
  readonly kind?: Link['kind']
  /** Absent members stay; null takes a limit, an end, notes or the password away. */
  readonly change: LinkFields
}

/**
 * Changes links alike, all or none, and answers them in their order. Needs what managing them
 * needs, before and after. 'not-found' 'link' for one that is not there, is of another kind or of a
 * node that the actor does not see, 'forbidden' 'node' where he sees it; 'too-many' 'link' above
 * `limits.bulkItems`; 'wrong-kind' 'node' and 'invalid' 'link' as for a new one; 'encrypted' 'link'
 * (rule 'password') for a password of an encrypted file's link.
 */
export async function changeLinks(ctx: Ctx, input: ChangeLinks): Promise<LinkView[]> {
  const { userId } = actingUser(ctx)
  const { change, kind } = input
  const ids = [...new Set(input.ids)]
  const limit = ctx.limits.bulkItems
  if (ids.length > limit) fault('too-many', 'link', undefined, { limit })
  checkLinkFields(ctx, change)
  const hash = await hashOf(ctx, change)
  const columns = { ...columnsOf(change), updatedAt: ctx.now, updatedBy: userId }
  return ctx.write(async (tx) => {
    const nodes = new Map<number, Node>()
    for (const id of ids) {
      const { link, node } = await managed(ctx, tx, id, kind)
      await checkChanged(ctx, tx, { link, node }, change)
      if (link.keys && hash) fault('encrypted', 'link', undefined, { rule: 'password' })
      await tx.links.update(id, columns)
      if (hash !== undefined) await tx.links.setPasswordHash(id, hash)
      await recordEvents(ctx, tx, [linkEvent('link.changed', link, node)])
      nodes.set(node.id, node)
    }
    for (const node of nodes.values()) await tellLinkChange(ctx, tx, node)
    const views = await linkViews(ctx, tx, await reread(tx, ids))
    // Links that were made before the tenant asked for passwords stay as they are.
    if (change.password === null) for (const view of views) requirePassword(ctx, view)
    return views
  })
}

async function managed(ctx: Ctx, tx: Tx, id: number, kind: ChangeLinks['kind']) {
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
  { link, node }: { readonly link: Link; readonly node: Node },
  { takesUploads }: LinkFields,
): Promise<void> {
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
