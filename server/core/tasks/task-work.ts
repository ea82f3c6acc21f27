import type { Ctx } from '../ctx.ts'
import { archiveTask } from '../downloads/archive-task.ts'
import { type FaultData, fault } from '../fault.ts'
import { importTask, tellImportFailed } from '../imports/import-task.ts'
import { listingTask } from '../nodes/full-listing.ts'
import { handOverTask, undoHandOver } from '../shares/hand-over-task.ts'
import type { Tx } from '../store.ts'
import { clearTrashTask } from '../trash/clear-task.ts'
import { confirmUploadsTask } from '../uploads/confirm-uploads-task.ts'
import type { TaskEnd, TaskRun } from './run-task.ts'
import type { Task, TaskFailure, TaskKind } from './task.ts'

/** Made with its result: no worker ever sees one that is not done. */
async function alreadyDone(): Promise<TaskEnd> {
  return fault('not-found', 'task')
}

/**
 * The work of each kind, with the actor who started it. It may be run again from the start or from
 * its memo after a worker died, so what it writes on the way must bear that. A fault ends it; what
 * passes ('unavailable', any other error) is tried again.
 */
export const taskWork: Readonly<Record<TaskKind, (ctx: Ctx, run: TaskRun) => Promise<TaskEnd>>> = {
  archive: archiveTask,
  'link-archive': alreadyDone,
  'link-copy': alreadyDone,
  'confirm-uploads': confirmUploadsTask,
  restore: alreadyDone,
  'clear-trash': clearTrashTask,
  'hand-over': handOverTask,
  listing: listingTask,
  import: importTask,
}

/**
 * What takes back the writes of a task that failed, in the transaction that ends it, on nobody's
 * rights. Answers, for its owner, what could not be taken back.
 */
export const taskUndo: Partial<
  Record<TaskKind, (ctx: Ctx, tx: Tx, task: Task) => Promise<FaultData>>
> = { 'hand-over': undoHandOver }

type Failed = (ctx: Ctx, tx: Tx, task: Task, failure: TaskFailure) => Promise<void>

/** What else is written when a task of the kind fails, in the same transaction. */
export const onTaskFailed: Partial<Readonly<Record<TaskKind, Failed>>> = {
  import: tellImportFailed,
}

/** Kinds that may be taken up again after they failed, where their memo says. */
export const keepsMemo: ReadonlySet<TaskKind> = new Set<TaskKind>(['import'])
