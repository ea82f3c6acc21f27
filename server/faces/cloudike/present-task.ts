import type { Ctx } from '../../core/ctx.ts'
import type { OrderedArchive } from '../../core/downloads/order-archive.ts'
import type { Task } from '../../core/tasks/task.ts'
import type { FaceRequest } from '../operation.ts'
import { archiveUrl, downloadUrl } from './addresses.ts'
import type { ArchiveLink, ArchiveProgress, Task as TaskState } from './generated/shapes.ts'

/** A task of the actor's, and at its end what its kind adds (params, section 7). */
export function presentTask(task: Task, ctx: Ctx, request: FaceRequest): TaskState {
  const { state, progress, result } = task
  if (state !== 'done' || !result) return { progress: Math.floor(progress), status: 'in_progress' }
  return { progress: 'done', status: 'completed', ...resultOf(task, ctx, request) }
}

function resultOf({ kind, result }: Task, ctx: Ctx, request: FaceRequest): Partial<TaskState> {
  const facts = result ?? {}
  if (kind === 'archive') {
    const { token, name, files } = facts
    return {
      url: archiveUrl(request, String(token)),
      file_name: name,
      files_count: Number(files),
    }
  }
  if (kind === 'link-archive') {
    const ticket = ctx.secrets.unseal(String(facts.ticket))
    const places = Array.isArray(facts.places) ? facts.places.map(String) : []
    const paths = places.map((place) => (place === '' ? [] : place.split('/')))
    return { url: downloadUrl(request, { kind: 'pack', ticket, paths }) }
  }
  if (kind === 'link-copy') {
    const { name, files, bytes } = facts
    return { folder_name: String(name), files_count: Number(files), size: String(bytes) }
  }
  return facts
}

/** Where an ordered archive can be fetched; the time as this API has it for archives. */
export function presentArchive(
  { order, token }: OrderedArchive,
  request: FaceRequest,
): ArchiveLink {
  return {
    url: archiveUrl(request, token),
    file_name: order.name,
    expired: new Date(order.expireAt).toISOString(),
    hash: token,
  }
}

const statuses = {
  ordered: 'created',
  running: 'in_progress',
  done: 'completed',
  failed: 'error',
} as const

export function presentArchiveProgress({ order, token }: OrderedArchive): ArchiveProgress {
  const { size, sent, state } = order
  return {
    private_hash: token,
    progress: state === 'done' ? 100 : size === 0 ? 0 : Math.floor((1000 * sent) / size) / 10,
    status: statuses[state],
    label: order.name,
    created: new Date(order.createdAt).toISOString(),
    modified: new Date(order.updatedAt).toISOString(),
  }
}
