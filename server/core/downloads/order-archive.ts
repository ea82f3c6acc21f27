import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { takeVisitorDownload } from '../links/take-visitor-download.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import { planArchive } from './archive-plan.ts'
import type { ArchiveOrder } from './archive-store.ts'
import {
  type ArchiveInput,
  archivedNodes,
  archiveName,
  archiveOf,
  type OpenArchive,
} from './open-archive.ts'
import { holderNow, holderOf } from './ticket-holder.ts'
import { watched } from './watch-archive.ts'

export type OrderArchive = ArchiveInput & {
  /** Ends in '.zip'; default: after what is in it. */
  readonly name?: string
  readonly isBackup?: boolean
}

export type OrderedArchive = { readonly order: ArchiveOrder; readonly token: string }

/** Longer than any token that was given out. */
const maxToken = 200

/**
 * A token with which anybody may fetch an archive of these nodes for `limits.downloadTtlSeconds`,
 * as long as the one who ordered it may. What it holds is decided when it is fetched. A visitor
 * takes one of the downloads of his link. Faults as `openArchive`; 'limit-reached' 'link'.
 */
export async function orderArchive(ctx: Ctx, input: OrderArchive): Promise<OrderedArchive> {
  return ctx.write((tx) => orderArchiveIn(ctx, tx, input))
}

/** The same in a transaction of the caller. */
export async function orderArchiveIn(
  ctx: Ctx,
  tx: Tx,
  input: OrderArchive,
): Promise<OrderedArchive> {
  const holder = holderOf(ctx.actor)
  const token = ctx.secrets.token()
  const tops = await archivedNodes(ctx, tx, input)
  await takeVisitorDownload(ctx, tx)
  const order: ArchiveOrder = {
    id: await tx.archives.takeId(),
    holder,
    nodeIds: tops.map(({ node }) => node.id),
    name: input.name ?? (await archiveName(tx, tops)),
    createdAt: ctx.now,
    expireAt: ctx.now + ctx.limits.downloadTtlSeconds * 1000,
    state: 'ordered',
    size: 0,
    sent: 0,
    sealedToken: ctx.secrets.seal(token),
    updatedAt: ctx.now,
    isBackup: input.isBackup ?? false,
  }
  await tx.archives.insert(order, ctx.secrets.digest(token))
  return { order, token }
}

/** An order by its token. Faults 'not-found' and 'expired' 'ticket'. */
export async function findOrder(
  ctx: Ctx,
  { token }: { readonly token: string },
): Promise<ArchiveOrder> {
  const known = token !== '' && token.length <= maxToken
  const digest = ctx.secrets.digest(token)
  const order = known ? await ctx.read((tx) => tx.archives.findByDigest(digest)) : undefined
  if (!order) return fault('not-found', 'ticket')
  return order.expireAt > ctx.now ? order : fault('expired', 'ticket')
}

/**
 * The ordered archive, ready to be streamed, on the authority that the one who ordered it has now;
 * how far its newest reader is stands in the order, and how it ended in the log of backups. Faults
 * as `findOrder`; 'not-found' and 'forbidden' 'node' 'target' when one of its nodes is gone or may
 * not be read any more.
 */
export async function openOrder(ctx: Ctx, input: { readonly token: string }): Promise<OpenArchive> {
  const order = await findOrder(ctx, input)
  const actor = await ctx.read((tx) => holderNow(ctx, tx, order.holder))
  const acting = { ...ctx, actor }
  const archive = await ctx.read(async (tx) => {
    const nodes = order.nodeIds.map((id) => ({ id }))
    const tops = await archivedNodes(acting, tx, { nodes })
    const entries = await planArchive(acting, tx, tops, { viewer: await viewerOf(acting, tx) })
    return archiveOf(ctx, entries, { name: order.name })
  })
  return watched(acting, order, archive)
}
