import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/plan a.txt': { file: 'alpha' },
  '/plan b.txt': { file: 'beta' },
} as const

const at =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { path: scene.path(path), ...more },
  })
const inUrl =
  (path: string, query: object = {}) =>
  (scene: Scene) => ({
    params: { path: scene.path(path) },
    query: { ...query },
  })

const comment =
  (more: object = {}) =>
  (scene: Scene) => ({
    params: { path: scene.path('/plan b.txt') },
    body: { text: 'do it', ...more },
  })
const task = (scene: Scene) =>
  comment({ type: 'task', due_date: 12_345, assignees: [scene.userId('reader')] })(scene)
const said = async (scene: Scene) => {
  const { body } = await scene.call('workflowCommentAdd', 'writer', task(scene))
  scene.kept.comment = (body as { id: string }).id
}
const about = (more: object) => (scene: Scene) =>
  at('/plan b.txt', { id: scene.kept.comment, ...more })(scene)

export const workflowRows: readonly ContractRow[] = [
  {
    op: 'workflowCommentAdd',
    given,
    as: 'writer',
    name: 'a task for somebody',
    send: task,
    want: (scene) => ({
      status: 200,
      body: {
        text: 'do it',
        type: 'task',
        due_date: 12_345,
        owner_id: scene.userId('writer'),
        assignees: [{ user_id: scene.userId('reader'), status: 'new' }],
      },
      events: ['comment.created'],
    }),
  },
  {
    op: 'workflowCommentAdd',
    given,
    as: 'writer',
    name: 'a task for who does not read the file',
    send: (scene) => comment({ type: 'task', assignees: [scene.userId('member')] })(scene),
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'workflowCommentAdd',
    given,
    as: 'reader',
    name: 'on what is not there',
    send: (scene) => ({ params: { path: scene.path('/never') }, body: { text: 'x' } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'workflowCommentAdd',
    given,
    as: 'reader',
    name: 'nothing said',
    send: comment({ text: ' ' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'workflowComments',
    given,
    as: 'reader',
    name: 'oldest first',
    before: said,
    send: inUrl('/plan b.txt'),
    want: (scene) => ({ status: 200, body: [{ id: String(scene.kept.comment), text: 'do it' }] }),
  },
  {
    op: 'workflowComments',
    given,
    as: 'reader',
    name: 'of what is not there',
    send: inUrl('/never'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'workflowComments',
    given,
    as: 'reader',
    name: 'a limit that is none',
    send: inUrl('/plan b.txt', { limit: 'x' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'workflowCommentEdit',
    given,
    as: 'writer',
    name: 'another text, no end',
    before: said,
    send: about({ text: 'did it', due_date: 0 }),
    want: (scene) => ({
      status: 200,
      body: {
        text: 'did it',
        due_date: 0,
        assignees: [{ user_id: scene.userId('reader') }],
      },
      events: ['comment.changed'],
    }),
  },
  {
    op: 'workflowCommentEdit',
    given,
    as: 'manager',
    name: 'of somebody else',
    before: said,
    send: about({ text: 'x' }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'workflowCommentEdit',
    given,
    as: 'writer',
    name: 'one that there is not',
    send: at('/plan b.txt', { id: 'x', text: 'x' }),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'workflowCommentEdit',
    given,
    as: 'writer',
    name: 'of a file that there is not',
    before: said,
    send: (scene) => at('/never', { id: scene.kept.comment })(scene),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'workflowCommentEdit',
    given,
    as: 'writer',
    name: 'no id',
    send: at('/plan b.txt'),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'workflowCommentUpdateTaskStatus',
    given,
    as: 'reader',
    name: 'by who was asked',
    before: said,
    send: about({ status: 'decline' }),
    want: {
      status: 200,
      body: { assignees: [{ status: 'decline' }] },
      events: ['comment.changed'],
    },
  },
  {
    op: 'workflowCommentUpdateTaskStatus',
    given,
    as: 'writer',
    name: 'by who was not asked',
    before: said,
    send: about({ status: 'done' }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'workflowCommentUpdateTaskStatus',
    given,
    as: 'reader',
    name: 'a word that there is not',
    before: said,
    send: about({ status: 'perhaps' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'workflowCommentUpdateTaskStatus',
    given,
    as: 'reader',
    name: 'one that there is not',
    send: at('/plan b.txt', { id: '999999999', status: 'done' }),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'workflowCommentDelete',
    given,
    as: 'manager',
    name: 'by who manages the room',
    before: said,
    send: about({}),
    want: { status: 200, events: ['comment.deleted'] },
  },
  {
    op: 'workflowCommentDelete',
    given,
    as: 'reader',
    name: 'of somebody else',
    before: said,
    send: about({}),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'workflowCommentDelete',
    given,
    as: 'writer',
    name: 'one that there is not',
    send: at('/plan b.txt', { id: '999999999' }),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'workflowCommentDelete',
    given,
    as: 'writer',
    name: 'no id',
    send: at('/plan b.txt'),
    want: { status: 400, code: 'InvalidParameters' },
  },
  ...(['workflowCommentDelete', 'workflowCommentUpdateTaskStatus'] as const).map(
    (op): ContractRow => ({
      op,
      given,
      as: 'writer',
      name: 'of a file that there is not',
      before: said,
      send: (scene) => at('/never', { id: scene.kept.comment, status: 'done' })(scene),
      want: { status: 404, code: 'FileNotFound' },
    }),
  ),
  {
    op: 'workflowCommentEdit',
    given,
    as: 'writer',
    name: 'for somebody who is nobody',
    before: said,
    send: about({ assignees: [999_999_999] }),
    want: { status: 404, code: 'UserNotFound' },
  },
]
