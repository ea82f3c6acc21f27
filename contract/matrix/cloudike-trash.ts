import type { Scene, Send } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/f': 'folder', '/f/a.txt': { file: 'alpha' } } as const

const at =
  (more: object = {}) =>
  (scene: Scene): Send => ({ body: { path: scene.path('/f/a.txt'), ...more } })
const several = (scene: Scene): Send => ({ body: { path: [scene.path('/f/a.txt')] } })
const inUrl =
  (path = '/f/a.txt') =>
  (scene: Scene): Send => ({ params: { path: scene.path(path) } })
const deleted = async (scene: Scene) => {
  await scene.call('fileopsDelete', 'writer', at()(scene))
}
const binName = (scene: Scene) => `a.txt_${scene.nodeId('/f/a.txt')}`
const byName = (scene: Scene): Send => ({ params: { name: binName(scene) }, body: {} })
const said = async (scene: Scene) => {
  const send = { ...inUrl()(scene), body: { text: 'x', type: 'task' } }
  const { body } = await scene.call('workflowCommentAdd', 'writer', send)
  scene.kept.id = (body as { id: string }).id
}
const about =
  (more: object = {}) =>
  (scene: Scene): Send =>
    at({ id: scene.kept.id, ...more })(scene)
// Each path has an outcome of its own; the call never fails.
const each = { stranger: 'ok', member: 'ok', reader: 'ok' } as const

const rows: readonly MatrixRow[] = [
  { op: 'trash', need: 'user' },
  { op: 'trashFromShared', need: 'write', send: inUrl('/f') },
  { op: 'trashRestore', need: 'write', before: deleted, send: byName },
  {
    op: 'trashRestoreSeveral',
    need: 'write',
    before: deleted,
    send: (scene) => ({ body: { paths: [binName(scene)] } }),
  },
  {
    op: 'trashRestoreFromShared',
    need: 'write',
    before: deleted,
    send: (scene) => ({ params: { name: binName(scene), path: scene.path('/') }, body: {} }),
  },
  {
    op: 'trashClear',
    need: 'manage',
    before: deleted,
    send: (scene) => ({ body: { paths: [binName(scene)] } }),
  },
  { op: 'fileopsUndelete', need: 'write', before: deleted, send: at() },
  { op: 'fileopsMultiUndelete', need: 'write', but: each, before: deleted, send: several },
  { op: 'fileopsMultiDelete', need: 'write', but: each, send: several },
  { op: 'fileopsPurge', need: 'user' },
  { op: 'fileopsPurgestatus', need: 'user' },
  { op: 'filesVersions', need: 'read', send: inUrl() },
  {
    op: 'filesVersionsToUpdate',
    need: 'read',
    send: (scene) => ({
      query: { path: scene.path('/f/a.txt'), version: scene.nodeId('/f/a.txt') },
    }),
  },
  {
    op: 'filesRestore',
    need: 'read',
    // The version that is current: nothing happens.
    send: (scene) => at({ version: scene.nodeId('/f/a.txt') })(scene),
  },
  { op: 'filesFavorites', need: 'user' },
  { op: 'fileopsSetFavorite', need: 'read', send: at() },
  { op: 'filesSearch', need: 'user', send: () => ({ body: { query: 'a' } }) },
  { op: 'workflowComments', need: 'read', send: inUrl() },
  {
    op: 'workflowCommentAdd',
    need: 'read',
    send: (scene) => ({ ...inUrl()(scene), body: { text: 'x' } }),
  },
  {
    op: 'workflowCommentEdit',
    need: 'write',
    // Only who wrote it.
    but: { manager: 'forbidden', admin: 'forbidden' },
    before: said,
    send: about({ text: 'y' }),
  },
  { op: 'workflowCommentDelete', need: 'write', before: said, send: about() },
  {
    op: 'workflowCommentUpdateTaskStatus',
    need: 'read',
    // Nobody was asked.
    but: { reader: 'forbidden', writer: 'forbidden', manager: 'forbidden', admin: 'forbidden' },
    before: said,
    send: about({ status: 'done' }),
  },
]

/** Bin, versions, favourites, search and comments. */
export const cloudikeTrash: readonly MatrixRow[] = rows.map((row) => ({ given, ...row }))
