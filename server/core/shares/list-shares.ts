import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { NodeView } from '../nodes/node.ts'

/**
 * Folders that are shared: 'own' of the actor's home, 'others' that stand in it as mounts,
 * 'published' those of both that everybody may ask for; by name.
 */
export async function listShares(
  ctx: Ctx,
  { whose }: { readonly whose?: 'own' | 'others' | 'published' },
): Promise<NodeView[]> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const home = (await tx.nodes.homesOf([userId])).get(userId)
    if (!home) return []
    const own = whose === 'others' ? [] : await tx.nodes.roomsWithin(home.id)
    const mounts = whose === 'own' ? [] : await tx.nodes.mountsOf(home.id)
    const targets = await tx.nodes.findMany(mounts.map(({ targetId }) => targetId ?? 0))
    const all = [...own.filter(({ room }) => room?.outerId != null), ...targets]
    const ids = all.map(({ id }) => id)
    const held = await tx.access.ofMany(ids, userId, ctx.now)
    const published = whose === 'published' ? await tx.publications.ofNodes(ids) : held
    const wanted = all.filter(({ id }) => held.has(id) && published.has(id))
    const views = await describeNodes(ctx, tx, wanted)
    return views.sort((a, b) => (a.node.name < b.node.name ? -1 : 1))
  })
}
