import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { type OrderedArchive, orderArchiveIn } from './order-archive.ts'

/**
 * Orders an archive of all that lies in the own home, and writes it down. Its token fetches it for
 * `limits.downloadTtlSeconds`; the bytes are read then, so nothing waits.
 */
export async function orderBackup(ctx: Ctx): Promise<OrderedArchive> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const user = await tx.users.find(userId)
    if (!user) return fault('unauthenticated', 'session')
    const day = new Date(ctx.now).toISOString().slice(0, 10)
    const nodes = [{ id: user.homeId }]
    const ordered = await orderArchiveIn(ctx, tx, { nodes, name: `Backup ${day}.zip` })
    const data = { name: ordered.order.name, archive: ordered.order.id }
    await recordEvents(ctx, tx, [{ type: 'backup.ordered', subjectId: userId, data }])
    return ordered
  })
}

export type BackupRecord = { readonly at: number; readonly name: string }

/** A page of the backups that who is signed in has ordered, the oldest first. */
export async function backupLog(
  ctx: Ctx,
  input: { readonly page: PageRequest },
): Promise<BackupRecord[]> {
  const { userId } = actingUser(ctx)
  const { offset, limit } = checkedPage(ctx, input.page)
  const filter = { subjectId: userId, types: ['backup.ordered'] as const }
  const page = { offset, limit, descending: false }
  const events = await ctx.read((tx) => tx.events.page(filter, page))
  return events.map(({ at, data }) => ({ at, name: String(data?.name ?? '') }))
}
