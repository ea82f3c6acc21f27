import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault, isFault } from '../fault.ts'
import { GivesWay } from '../jobs/lease.ts'
import { toldKind } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import type { Task, TaskFailure } from '../tasks/task.ts'
import { failureOf } from '../tasks/task-failure.ts'
import { fetchFile } from './fetch-file.ts'
import { dropUpload } from './fetch-in-parts.ts'
import { hostOf, orderOf } from './import-order.ts'
import { resultOf, stateOf } from './import-state.ts'
import { type ImportWork, save, stepCtx, turnMs } from './import-work.ts'
import { walkFolder } from './walk-folder.ts'

/**
 * The work of an 'import' task: brings a file or folder of another installation. It goes on where
 * the state says; each file is stored on what its owner may do at that moment.
 */
export async function importTask(ctx: Ctx, run: TaskRun): Promise<TaskEnd> {
  const work = openWork(ctx, run)
  const { state, source } = work
  try {
    if (work.order.kind === 'folder') await walkFolder(work)
    else await fetchOne(work)
  } catch (error) {
    await tellTrouble(work, error)
    throw error
  } finally {
    source.close()
  }
  await dropUpload(ctx, state)
  const acting = await stepCtx(work)
  return {
    result: resultOf(state),
    commit: (tx) => tellEnd(acting, tx, run.task, 'done', work),
  }
}

function openWork(ctx: Ctx, run: TaskRun): ImportWork {
  const order = orderOf(run.task)
  const { sealedToken } = run.task.input
  if (!ctx.imports || typeof sealedToken !== 'string') return fault('unsupported', 'import')
  const token = ctx.secrets.unseal(sealedToken)
  const source = ctx.imports.connect({ url: order.url, token })
  const savedAt = Number.NEGATIVE_INFINITY
  const state = { ...stateOf(run.task), trouble: null }
  const turnEnd = ctx.clock() + turnMs
  return { ctx, run, source, order, state, savedAt, turnEnd }
}

/** A single file that cannot be brought is the failure of its import. */
async function fetchOne(work: ImportWork): Promise<void> {
  const { source, order, state } = work
  const { ref, name, into } = order
  state.current = name
  const entry = { ...(await source.describe(ref)), name }
  if (entry.kind !== 'file') fault('wrong-kind', 'import')
  state.bytesTotal = entry.size
  await save(work, 'now')
  state[await fetchFile(work, into, entry)] += 1
  state.bytes += entry.size ?? 0
}

/** Its owner sees at once what it waits for. */
async function tellTrouble(work: ImportWork, error: unknown): Promise<void> {
  const isOver = isFault(error, 'closed') && error.subject === 'task'
  if (isOver || error instanceof GivesWay) return
  work.state.trouble = failureOf(error)
  await save(work, 'now')
  work.state.trouble = null
}

/** Written with the failure of the task; its owner may have cancelled it. */
export async function tellImportFailed(
  ctx: Ctx,
  tx: Tx,
  task: Task,
  { code }: TaskFailure,
): Promise<void> {
  const userId = Number(task.holder.slice(1))
  const acting = { ...ctx, actor: { kind: 'user', userId, roles: 0, sessionId: 0 } } as const
  const outcome = code === 'closed' ? 'cancelled' : 'failed'
  await tellEnd(acting, tx, task, outcome, { state: stateOf(task) })
}

async function tellEnd(
  ctx: Ctx,
  tx: Tx,
  task: Task,
  outcome: 'done' | 'failed' | 'cancelled',
  { state }: Pick<ImportWork, 'state'>,
): Promise<void> {
  const { imported, folders, skipped, bytes } = state
  const data = { outcome, imported, folders, skipped, bytes }
  await tellImport(ctx, tx, task, 'import.ended', data)
}

/** The event of an import, at the place where it goes. */
export async function tellImport(
  ctx: Ctx,
  tx: Tx,
  task: Task,
  type: 'import.started' | 'import.ended',
  facts: Readonly<Record<string, string | number>>,
): Promise<void> {
  const order = orderOf(task)
  const data = { import: task.id, host: hostOf(order), name: order.name, ...facts }
  const node = await tx.nodes.find(order.into)
  const place = node && {
    nodeId: node.id,
    roomId: node.boundaryId,
    nodeKind: toldKind(node.kind),
    nodeName: node.name,
  }
  await recordEvents(ctx, tx, [{ type, ...place, data }])
}
