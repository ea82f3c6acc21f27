import { Readable } from 'node:stream'
import type { Ctx } from '../ctx.ts'
import type { ArchiveOrder, ArchiveProgress } from './archive-store.ts'
import type { OpenArchive } from './open-archive.ts'
import { recordBackup } from './record-backup.ts'

type Progress = Omit<ArchiveProgress, 'updatedAt'>

/** How often the order is told how far its reader is. */
const tellEveryMs = 1000

/**
 * The same archive; its order learns when it is begun, how far it is, and how it ended, and so does
 * the log of who ordered it, where it is a backup. `ctx` is his.
 */
export function watched(ctx: Ctx, order: ArchiveOrder, archive: OpenArchive): OpenArchive {
  const { size } = archive
  const tell = (progress: Progress) =>
    ctx.write(async (tx) => {
      const now = ctx.clock()
      await tx.archives.update(order.id, { ...progress, updatedAt: now })
      const ended = endOf(progress)
      if (order.isBackup && ended) await recordBackup({ ...ctx, now }, tx, order, ended)
    })
  return {
    ...archive,
    async open() {
      const bytes = await archive.open()
      await tell({ state: 'running', size, sent: 0 })
      return Readable.from(counted(ctx, bytes, size, tell), { objectMode: false })
    },
  }
}

function endOf({ state }: Progress): 'fetched' | 'failed' | undefined {
  if (state === 'done') return 'fetched'
  return state === 'failed' ? 'failed' : undefined
}

async function* counted(
  ctx: Ctx,
  bytes: Readable,
  size: number,
  tell: (progress: Progress) => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0
  let toldAt = ctx.clock()
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      yield chunk
      sent += chunk.byteLength
      if (ctx.clock() - toldAt < tellEveryMs) continue
      toldAt = ctx.clock()
      await tell({ sent })
    }
  } finally {
    bytes.destroy()
    await tell({ sent, state: sent === size ? 'done' : 'failed' }).catch((error: unknown) =>
      ctx.log.warn({ error: String(error) }, 'The end of an archive could not be noted'),
    )
  }
}
