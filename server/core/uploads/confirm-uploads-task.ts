import type { Ctx } from '../ctx.ts'
import { type Fault, fault, isFault } from '../fault.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import { type StartedTask, startTask } from '../tasks/start-task.ts'
import { completeUpload } from './complete-upload.ts'

/**
 * Completes several uploads by their tokens in the background: the result counts how many were
 * (`success`) and were not (`failed`). Faults 'too-many' 'upload' above `limits.bulkItems`.
 */
export async function startConfirmTask(
  ctx: Ctx,
  { tokens }: { readonly tokens: readonly string[] },
): Promise<StartedTask> {
  const limit = ctx.limits.bulkItems
  if (tokens.length > limit) fault('too-many', 'upload', undefined, { limit })
  const sealed = tokens.map((token) => ctx.secrets.seal(token))
  return startTask(ctx, { kind: 'confirm-uploads', input: { uploads: sealed } })
}

/** The work of a 'confirm-uploads' task. Completing an upload again answers the same file. */
export async function confirmUploadsTask(ctx: Ctx, run: TaskRun): Promise<TaskEnd> {
  const { uploads } = run.task.input
  const sealed = Array.isArray(uploads) ? uploads.map(String) : []
  const failures: Fault[] = []
  for (const [at, each] of sealed.entries()) {
    await run.report((100 * at) / sealed.length)
    try {
      await completeUpload(ctx, { upload: { token: ctx.secrets.unseal(each) }, joinParts: true })
    } catch (error) {
      if (!isFault(error) || error.code === 'unavailable') throw error
      failures.push(error)
    }
  }
  const failed = failures.length
  return { result: { success: sealed.length - failed, failed } }
}
