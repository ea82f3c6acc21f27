import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import type { NodeRef } from '../nodes/node.ts'
import { validName } from '../nodes/valid-facts.ts'
import { CREATE } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { checkOpenTasks, enqueueTask, longestWorkMs, queueTask } from '../tasks/start-task.ts'
import type { Task } from '../tasks/task.ts'
import { overwriteNeeds } from '../uploads/commit-file.ts'
import { type ImportOrder, inputOf, isSameOrder, orderOf } from './import-order.ts'
import type { ImportSource, SourceEntry, SourceRef, SourceTotals } from './import-source.ts'
import { memoOf, newState, stateOf } from './import-state.ts'
import { tellImport } from './import-task.ts'
import { type ImportView, maxShown, viewOf } from './import-view.ts'

export type StartImport = {
  readonly url: string
  /** What the other installation gave out for it. Kept sealed until the import is over. */
  readonly token: string
  readonly ref: SourceRef
  readonly kind: 'folder' | 'file'
  readonly into: NodeRef
  /** Absent: as it is called there. */
  readonly name?: string
  /** Files here with other bytes get a new version; default: they stay, and it is told. */
  readonly replaces?: boolean
}

const maxText = 2048

/**
 * Begins to bring a file or folder of another installation into a container: CREATE there, and what
 * overwriting needs where it may replace. The other side is asked first, so that a wrong address or
 * token is told at once. The same import again is the one that is under way; one that failed goes
 * on where it was, with the new token. Faults: 'not-found', 'wrong-kind', 'forbidden' and
 * 'encrypted' 'node' 'target'; 'unsupported' 'import' where imports are off; those of
 * `ImportSource`; 'wrong-kind' 'import'; 'invalid-name'; 'too-many' 'task'.
 */
export async function startImport(ctx: Ctx, input: StartImport): Promise<ImportView> {
  actingUser(ctx)
  const into = await ctx.read((tx) => destination(ctx, tx, input))
  if (!ctx.imports) return fault('unsupported', 'import')
  checkTexts(input)
  const source = ctx.imports.connect(input)
  try {
    const { entry, totals } = await lookAt(source, input)
    const name = validName(input.name ?? entry.name)
    const { url, ref, kind, replaces = false } = input
    const order: ImportOrder = { url, ref, kind, into, name, replaces }
    return await ctx.write((tx) => queue(ctx, tx, order, totals, input.token))
  } finally {
    source.close()
  }
}

async function destination(
  ctx: Ctx,
  tx: Tx,
  { into, replaces }: Pick<StartImport, 'into' | 'replaces'>,
): Promise<number> {
  const { node, permissions } = await visible(ctx, tx, into, 'target')
  if (node.kind === 'file') fault('wrong-kind', 'node', 'target')
  permit(permissions, replaces ? CREATE | overwriteNeeds : CREATE, 'target')
  refuseCipher(node, 'target')
  return node.id
}

function checkTexts({ url, token, ref }: StartImport): void {
  const texts = { url, token, room: ref.room, node: ref.node }
  for (const [field, text] of Object.entries(texts)) {
    const isLong = text.length > maxText
    if (isLong) fault('invalid', 'import', undefined, { field, rule: 'length' })
  }
  if (token === '') fault('invalid', 'import', undefined, { field: 'token', rule: 'required' })
}

async function lookAt(
  source: ImportSource,
  { ref, kind }: StartImport,
): Promise<{ entry: SourceEntry; totals: SourceTotals }> {
  const entry = await source.describe(ref)
  if (entry.kind !== kind) fault('wrong-kind', 'import')
  const totals = kind === 'file' ? { files: 1, bytes: entry.size } : await source.totals(ref)
  return { entry, totals }
}

async function queue(
  ctx: Ctx,
  tx: Tx,
  order: ImportOrder,
  { files, bytes }: SourceTotals,
  token: string,
): Promise<ImportView> {
  const holder = holderOf(ctx.actor)
  const known = await tx.tasks.ofHolder(holder, 'import', maxShown)
  const same = known.find((task) => task.state !== 'done' && isSameOrder(orderOf(task), order))
  if (same && same.state !== 'failed') return viewOf(same)
  const totals = { filesTotal: files, bytesTotal: bytes }
  const input = inputOf(order, ctx.secrets.seal(token))
  const task = same
    ? await goOn(ctx, tx, same, { ...same, input, memo: memoOf({ ...stateOf(same), ...totals }) })
    : await begin(ctx, tx, input, memoOf(newState(totals)))
  await tellImport(ctx, tx, task, 'import.started', { resumed: same ? 1 : 0 })
  return viewOf(task)
}

async function begin(ctx: Ctx, tx: Tx, input: Task['input'], memo: Task['memo']): Promise<Task> {
  const { task } = await queueTask(ctx, tx, { kind: 'import', input })
  await tx.tasks.update(task.id, { memo, updatedAt: ctx.now })
  return { ...task, memo }
}

/** A failed one waits again, with what it has done so far. */
async function goOn(ctx: Ctx, tx: Tx, failed: Task, { input, memo }: Task): Promise<Task> {
  await checkOpenTasks(ctx, tx, failed.holder)
  const times = { updatedAt: ctx.now, expireAt: ctx.now + longestWorkMs }
  const change = { state: 'waiting', failure: null, input, memo, ...times } as const
  await tx.tasks.update(failed.id, change)
  const task = { ...failed, ...change }
  await enqueueTask(ctx, tx, task)
  return task
}
