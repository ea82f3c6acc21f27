import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { extendedCode } from './sqlite-codes.ts'

/** What the worker answers: SQLite's three numbers in log frames, or its error. */
export type CheckpointReply =
  | { readonly busy: number; readonly log: number; readonly checkpointed: number }
  | { readonly error: string; readonly code: number | undefined }

export type CheckpointMode = 'passive' | 'truncate'

const { path } = workerData as { path: string }
const database = new DatabaseSync(path, { timeout: 1000 })
database.exec('pragma synchronous=full; pragma wal_autocheckpoint=0; pragma cache_size=-1024')

function checkpoint(mode: CheckpointMode): CheckpointReply {
  try {
    const row = database.prepare(`pragma wal_checkpoint(${mode})`).get()
    return row as { busy: number; log: number; checkpointed: number }
  } catch (error) {
    return { error: String(error), code: extendedCode(error) }
  }
}

parentPort?.on('message', (message: CheckpointMode | 'close') => {
  if (message !== 'close') {
    parentPort?.postMessage(checkpoint(message))
    return
  }
  database.close()
  parentPort?.close()
})
