import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { ownRootOf, rootPathOf } from '../nodes/root-path.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Notice, NoticeView } from './notice.ts'
import type { NoticeFilter } from './notice-store.ts'

export type OwnNotices = { readonly filter?: NoticeFilter; readonly page: PageRequest }

/**
 * What the actor was told, the newest first. The number of statements does not depend on how much
 * that is.
 */
export async function ownNotices(ctx: Ctx, input: OwnNotices): Promise<Page<NoticeView>> {
  const { userId } = actingUser(ctx)
  const page = checkedPage(ctx, input.page)
  const filter = input.filter ?? {}
  return ctx.read(async (tx) => {
    const total = await tx.notices.count(userId, filter)
    const notices = page.offset < total ? await tx.notices.page(userId, filter, page) : []
    const ids = new Set(notices.flatMap(({ fromId }) => fromId ?? []))
    const people = await tx.users.people([...ids])
    const paths = await pathsFor(tx, userId, notices)
    const items = notices.map((notice) => ({
      notice,
      path: paths.get(notice.nodeId ?? 0) ?? null,
      from: notice.fromId === null ? null : personOf(people, notice.fromId),
    }))
    return { ...page, items, total }
  })
}

async function pathsFor(
  tx: Tx,
  userId: number,
  notices: readonly Notice[],
): Promise<Map<number, readonly string[] | null>> {
  const ids = [...new Set(notices.flatMap(({ nodeId }) => nodeId ?? []))]
  const root = ids.length > 0 ? await ownRootOf(tx, userId) : null
  if (!root) return new Map()
  const nodes = await tx.nodes.findMany(ids)
  const ways = await tx.nodes.ancestorsOf(ids)
  return new Map(nodes.map((node) => [node.id, rootPathOf(root, ways.get(node.id) ?? [], node)]))
}
