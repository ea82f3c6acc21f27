import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { type OrderedArchive, orderArchiveIn } from './order-archive.ts'
import { recordBackup } from './record-backup.ts'

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
    const name = `Backup ${day}.zip`
    const nodes = [{ id: user.homeId }]
    const ordered = await orderArchiveIn(ctx, tx, { nodes, name, isBackup: true })
    await recordBackup(ctx, tx, ordered.order, 'ordered')
    return ordered
  })
}

/** `failed`: somebody began to fetch it and did not get all. */
export type BackupState = 'ordered' | 'fetched' | 'failed'

/** What happened with a backup, and when; `archive` is the same for all that happened with one. */
export type BackupRecord = {
  readonly at: number
  readonly name: string
  readonly archive: number
  readonly state: BackupState
}

const states = ['ordered', 'fetched', 'failed'] as const
const types = states.map((state) => `backup.${state}` as const)

/** A page of what happened with the backups of who is signed in, the oldest first. */
export async function backupLog(
  ctx: Ctx,
  input: { readonly page: PageRequest },
): Promise<BackupRecord[]> {
  const { userId } = actingUser(ctx)
  const { offset, limit } = checkedPage(ctx, input.page)
  const filter = { subjectId: userId, types }
  const page = { offset, limit, descending: false }
  const events = await ctx.read((tx) => tx.events.page(filter, page))
  return events.map(({ at, type, data }) => ({
    at,
    name: String(data?.name ?? ''),
    archive: Number(data?.archive ?? 0),
    state: states.find((state) => type === `backup.${state}`) ?? 'ordered',
  }))
}
