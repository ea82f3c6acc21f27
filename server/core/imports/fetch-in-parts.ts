import type { Ctx } from '../ctx.ts'
import { isFault } from '../fault.ts'
import { cancelUpload } from '../uploads/cancel-upload.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { assertOpen, findUpload } from '../uploads/find-upload.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import type { SourceEntry } from './import-source.ts'
import type { ImportState } from './import-state.ts'
import { giveWay, type ImportWork, save, stepCtx } from './import-work.ts'
import { watched } from './watched.ts'

/** Larger files come in parts of at least this size: what is lost when something breaks is one. */
export const partBytes = 4 * 2 ** 20
/** Parts are larger where there would be more than `usualParts`, and far more than `maxParts`. */
const largePartBytes = 16 * 2 ** 20
const usualParts = 64
const maxParts = 10_000

type FileToFetch = {
  readonly parent: { readonly id: number }
  readonly name: string
  readonly size: number
  readonly md5: string | null
  readonly clientModifiedAt: number | null
  readonly onClash: 'overwrite' | 'fail'
}

/**
 * Brings a large file in by an upload that outlives its worker: whoever goes on asks for the bytes
 * that are missing. Faults as `startUpload`, `writeChunk` and `completeUpload`.
 */
export async function fetchInParts(
  work: ImportWork,
  ctx: Ctx,
  file: FileToFetch,
  entry: SourceEntry,
): Promise<void> {
  const { state } = work
  const key = keyOf(file, entry)
  let { token, stored } = (await begun(ctx, state, key)) ?? (await begin(work, ctx, file, key))
  const step = stepOf(file)
  state.partBytes = stored
  try {
    while (stored < file.size) {
      const source = watched(work, entry.ref, stored, Math.min(step, file.size - stored))
      stored = (await writeChunk(ctx, { upload: { token }, start: stored, source })).size
      state.partBytes = stored
      await save(work, 'now')
      await giveWay(work)
    }
    await completeUpload(await stepCtx(work), { upload: { token } })
  } catch (error) {
    if (isFault(error, 'unavailable') || !isFault(error)) throw error
    // No other bytes would make this upload right.
    await dropUpload(ctx, state)
    throw error
  }
  state.upload = null
  state.partBytes = 0
}

function stepOf({ size }: FileToFetch): number {
  const usual = Math.min(largePartBytes, Math.ceil(size / usualParts))
  return Math.max(partBytes, usual, Math.ceil(size / maxParts))
}

/** What must be the same for a begun upload to go on. */
function keyOf({ parent, name, size, md5 }: FileToFetch, { ref }: SourceEntry): string {
  return JSON.stringify([ref.room, ref.node, parent.id, name, size, md5])
}

type Begun = { readonly token: string; readonly stored: number }

async function begin(work: ImportWork, ctx: Ctx, file: FileToFetch, entry: string): Promise<Begun> {
  const { state } = work
  await dropUpload(ctx, state)
  const started = await startUpload(ctx, file)
  if (started.kind !== 'open') throw new Error('an upload of an import was not opened')
  state.upload = { entry, sealed: ctx.secrets.seal(started.token) }
  await save(work, 'now')
  return { token: started.token, stored: 0 }
}

/** The upload that another worker began for the same file, if bytes may still come. */
async function begun(ctx: Ctx, state: ImportState, entry: string): Promise<Begun | undefined> {
  if (state.upload?.entry !== entry) return undefined
  const token = ctx.secrets.unseal(state.upload.sealed)
  try {
    const upload = await ctx.read((tx) => findUpload(ctx, tx, { token }))
    assertOpen(ctx, upload)
    return { token, stored: upload.received }
  } catch (error) {
    if (!isFault(error) || isFault(error, 'unavailable')) throw error
    return undefined
  }
}

/** Gives back what an upload of the import holds, if there is one. */
export async function dropUpload(
  ctx: Ctx,
  state: Pick<ImportState, 'upload' | 'partBytes'>,
): Promise<void> {
  const { upload } = state
  state.upload = null
  state.partBytes = 0
  if (!upload) return
  try {
    await cancelUpload(ctx, { upload: { token: ctx.secrets.unseal(upload.sealed) } })
  } catch (error) {
    // Over already.
    if (!isFault(error) || isFault(error, 'unavailable')) throw error
  }
}
