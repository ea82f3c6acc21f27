import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const inQuery = (scene: Scene) => ({ query: { path: scene.path('/f') } })
const inBody = (scene: Scene) => ({ body: { path: [scene.path('/f')] } })

const ordered = async (scene: Scene) => {
  const answer = await scene.call('filesCreateArchiveStream', 'writer', inBody(scene))
  scene.kept.hash = (answer.body as { hash: string }).hash
}
const byHash = (scene: Scene) => ({ params: { private_hash: String(scene.kept.hash) } })

const published = async (scene: Scene) => {
  const answer = await scene.call('linksCreate', 'writer', { body: { path: scene.path('/f') } })
  scene.kept.hash = (answer.body as { public_hash: string }).public_hash
}
const ofLink = (scene: Scene) => ({ params: { hash: String(scene.kept.hash) } })

const packed = async (scene: Scene) => {
  const answer = await scene.call('filesDownloadAsArchive', 'writer', inQuery(scene))
  scene.kept.task = (answer.body as { taskid: string }).taskid
}

/** Archives, background tasks, notices and events. */
export const cloudikeArchives: readonly MatrixRow[] = [
  { op: 'filesCreateArchiveStream', need: 'read', send: inBody },
  { op: 'filesDownloadAsArchiveStream', need: 'bearer', before: ordered, send: byHash },
  { op: 'filesDownloadAsArchiveStreamDirect', need: 'read', send: inQuery },
  { op: 'filesDownloadAsArchive', need: 'read', send: inQuery },
  { op: 'filesProgressDownloadStreams', need: 'own', before: ordered, send: byHash },
  { op: 'filesProgressDownloadStreamsAll', need: 'user' },
  { op: 'linksDownloadAsArchiveStream', need: 'bearer', before: published, send: ofLink },
  { op: 'linksDownloadAsArchive', need: 'bearer', before: published, send: ofLink },
  { op: 'filesMultiConfirm', need: 'user', send: () => ({ body: { confirm_urls: [] } }) },
  {
    op: 'task',
    need: 'own',
    before: packed,
    send: (scene) => ({ params: { taskid: String(scene.kept.task) } }),
  },
  { op: 'notices', need: 'user' },
  { op: 'events', need: 'user' },
  { op: 'checkWs', need: 'user' },
  { op: 'dirSizeCalculate', need: 'read', send: inQuery },
]
