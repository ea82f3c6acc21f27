import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Tx } from '../store.ts'
import type { ArchiveOrder } from './archive-store.ts'
import type { BackupState } from './order-backup.ts'

/** Writes into the log of who ordered a backup what happened with it. He acts. */
export async function recordBackup(
  ctx: Ctx,
  tx: Tx,
  { id, name }: ArchiveOrder,
  state: BackupState,
): Promise<void> {
  const { userId } = actingUser(ctx)
  const data = { name, archive: id }
  await recordEvents(ctx, tx, [{ type: `backup.${state}`, subjectId: userId, data }])
}
