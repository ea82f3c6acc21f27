import { taskResult } from '../../core/tasks/find-task.ts'
import { startConfirmTask } from '../../core/uploads/confirm-uploads-task.ts'
import type { Row } from '../operation.ts'
import { op } from './op.ts'
import { presentTask } from './present-task.ts'
import { refuseInput } from './refuse.ts'

/** Tag `background-tasks`, and what starts one. */
export const taskRows: readonly Row[] = [
  op('task', {
    // A task of a public link is for whoever has its id.
    auth: 'any',
    run: (ctx, { params }) => taskResult(ctx, { token: params.taskid }),
    reply: (task, _input, ctx, request) => presentTask(task, ctx, request),
  }),

  op('filesMultiConfirm', {
    auth: 'user',
    run: (ctx, { body }) => startConfirmTask(ctx, { tokens: body.confirm_urls.map(uploadToken) }),
    reply: ({ token }) => ({ taskid: token }),
  }),
]

/** The authority in a confirm_url of ours. */
function uploadToken(url: string): string {
  const mark = url.indexOf('?')
  const token = mark < 0 ? null : new URLSearchParams(url.slice(mark + 1)).get('temp_name')
  return token || refuseInput('confirm_urls', 'form', 'an address without temp_name')
}
