import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type CreateLink, checkNewLink, createLinkIn } from '../links/create-link.ts'
import type { LinkView } from '../links/link.ts'
import type { NodeRef } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'
import type { Opening } from './opened-to.ts'
import { openingsFor } from './openings-for.ts'

export type OpenNodes = {
  readonly nodes: readonly NodeRef[]
  /** `takesUploads` counts for what can take some: never for a file. */
  readonly link: Pick<CreateLink, 'kind' | 'takesUploads' | 'expireAt' | 'notes'>
}

export type OpenedNodes = {
  readonly links: readonly LinkView[]
  readonly openings: readonly Opening[]
}

/**
 * Opens nodes to anybody, each by a link of its own, all or none. One that is in force stays as it
 * is. Faults as `createLink`; 'invalid' 'node' 'target' for no node, 'too-many' 'node' above
 * `limits.bulkItems`.
 */
export async function openNodes(ctx: Ctx, { nodes, link }: OpenNodes): Promise<OpenedNodes> {
  const limit = ctx.limits.bulkItems
  if (nodes.length > limit) fault('too-many', 'node', undefined, { limit })
  if (nodes.length === 0) fault('invalid', 'node', 'target', { field: 'nodes', rule: 'required' })
  const hash = await checkNewLink(ctx, link)
  return ctx.write(async (tx) => {
    const links: LinkView[] = []
    for (const ref of nodes) {
      const { node } = await visible(ctx, tx, ref, 'target')
      const takesUploads = link.takesUploads && node.kind !== 'file'
      const wanted = { ...link, takesUploads, node: { id: node.id }, onePerNode: 'open' } as const
      links.push(await createLinkIn(ctx, tx, wanted, hash))
    }
    return { links, openings: await openingsFor(ctx, tx, nodes) }
  })
}
