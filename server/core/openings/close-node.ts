import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { deleteLinksIn } from '../links/delete-links.ts'
import { managedLink } from '../links/find-link.ts'
import type { NodeRef } from '../nodes/node.ts'
import { MANAGE_DOWNLOAD_LINKS, MANAGE_UPLOAD_LINKS } from '../permissions/permission.ts'
import { visible } from '../permissions/visible.ts'
import type { Opening } from './opened-to.ts'
import { openingsFor } from './openings-for.ts'

export type CloseNode = {
  readonly node: NodeRef
  /** Of the one link that ends; absent: all that are for anybody. */
  readonly token?: string
}

const anyLinks = MANAGE_DOWNLOAD_LINKS | MANAGE_UPLOAD_LINKS

/**
 * Ends links of a node, all or none, and tells what opens it still. Faults: 'not-found' 'link' for
 * a token that is none of the node; 'not-found' and 'forbidden' 'node' 'target', also where there
 * is nothing to end for who may manage no links there.
 */
export async function closeNode(ctx: Ctx, input: CloseNode): Promise<readonly Opening[]> {
  const { node: ref, token } = input
  return ctx.write(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, ref, 'target')
    if ((permissions & anyLinks) === 0) fault('forbidden', 'node', 'target')
    const links =
      token === undefined
        ? (await tx.links.ofNode(node.id)).filter(({ recipient }) => recipient === null)
        : [(await managedLink(ctx, tx, { token, on: [ref] })).link]
    await deleteLinksIn(ctx, tx, links)
    return openingsFor(ctx, tx, [ref])
  })
}
