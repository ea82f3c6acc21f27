import type { Ctx } from '../ctx.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Link, LinkView } from './link.ts'
import { takesFiles } from './needed-to-share.ts'

/**
 * Links as their owners see them, in their order, in a constant number of statements. The caller
 * has made sure that the actor may manage them; one whose node has gone meanwhile is left out.
 */
export async function linkViews(ctx: Ctx, tx: Tx, links: readonly Link[]): Promise<LinkView[]> {
  if (links.length === 0) return []
  const nodes = await tx.nodes.findMany([...new Set(links.map((link) => link.nodeId))])
  const described = await describeNodes(ctx, tx, nodes)
  const views = new Map(described.map((view) => [view.node.id, view]))
  const people = await tx.users.people([
    ...new Set(links.flatMap((link) => [link.createdBy, link.updatedBy])),
  ])
  const uploadIds = links.filter(takesFiles).map(({ id }) => id)
  const files = await tx.links.countFiles(uploadIds)
  return links.flatMap((link) => {
    const view = views.get(link.nodeId)
    if (!view) return []
    const token = ctx.secrets.unseal(link.sealedToken)
    const createdBy = personOf(people, link.createdBy)
    const updatedBy = personOf(people, link.updatedBy)
    return [{ link, token, view, createdBy, updatedBy, files: files.get(link.id) ?? 0 }]
  })
}
