import type { Ctx } from '../ctx.ts'
import { finishedTask, type StartedTask } from '../tasks/start-task.ts'
import { enterLink } from './enter-link.ts'
import { issueLinkTicket } from './link-ticket.ts'
import { takeDownload } from './open-link.ts'
import { placesIn } from './read-link-archive.ts'

export type StartLinkArchive = {
  readonly token: string
  readonly password?: string
  /** As for `readLinkArchive`. */
  readonly paths?: readonly (readonly string[])[]
}

/**
 * A task for whoever gets its token, done at once, since an archive is made while it is read: the
 * result has a sealed ticket of the link and the paths, for `readLinkArchive`. Takes one of the
 * link's downloads. Faults as `readLinkArchive`.
 */
export async function startLinkArchive(ctx: Ctx, input: StartLinkArchive): Promise<StartedTask> {
  const { token, password, paths = [[]] } = input
  return enterLink(
    ctx,
    { token, password, kind: 'download' },
    async (tx, entered) => {
      await placesIn(ctx, tx, entered.node, paths)
      await takeDownload(ctx, tx, entered)
      const { ticket, expireAt } = issueLinkTicket(ctx, entered)
      const places = paths.map((path) => path.join('/'))
      const result = { ticket: ctx.secrets.seal(ticket), places }
      return finishedTask(ctx, tx, { kind: 'link-archive', result, expireAt })
    },
    'write',
  )
}
