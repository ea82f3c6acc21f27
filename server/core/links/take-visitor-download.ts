import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { takeDownload } from './open-link.ts'
import { visitedLink } from './visited-link.ts'

/**
 * Takes one of the downloads of a visitor's link; anybody else takes none. Faults 'limit-reached'
 * 'link', 'unauthenticated' 'session' when the visit is over.
 */
export async function takeVisitorDownload(ctx: Ctx, tx: Tx): Promise<void> {
  if (ctx.actor.kind !== 'visitor') return
  const visited = await visitedLink(ctx, tx, ctx.actor)
  await takeDownload(ctx, tx, visited ?? fault('unauthenticated', 'session'))
}

/** Faults in the same way where a visitor's link has no download left, and takes none. */
export async function requireVisitorDownload(ctx: Ctx, tx: Tx): Promise<void> {
  if (ctx.actor.kind !== 'visitor') return
  const { link } = (await visitedLink(ctx, tx, ctx.actor)) ?? fault('unauthenticated', 'session')
  requireLeft(link)
}

/** Faults 'limit-reached' 'link' where all downloads have been taken. */
export function requireLeft({ downloads, maxDownloads }: Link): void {
  if (maxDownloads !== null && downloads >= maxDownloads) fault('limit-reached', 'link')
}
