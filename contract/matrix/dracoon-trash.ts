import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const deleted = async (scene: Scene) => {
  await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/f/a.txt') } })
}
const ofRoom = (scene: Scene) => ({ params: { node_id: scene.id('/') } })
const named = (scene: Scene) => ({ body: { deletedNodeIds: [scene.id('/f/a.txt')] } })

/** Recycle bins: writers read and restore, removing for good is the manager's. */
export const trashRows: readonly MatrixRow[] = [
  { op: 'requestDeletedNodesSummary', need: 'write', send: ofRoom },
  {
    op: 'requestDeletedNodeVersions',
    need: 'write',
    send: (scene) => ({ ...ofRoom(scene), query: { type: 'file', name: 'a.txt' } }),
  },
  {
    op: 'requestDeletedNode',
    need: 'write',
    before: deleted,
    send: (scene) => ({ params: { deleted_node_id: scene.id('/f/a.txt') } }),
  },
  { op: 'restoreNodes', need: 'write', before: deleted, send: named },
  { op: 'removeDeletedNodes', need: 'manage', before: deleted, send: named },
  { op: 'emptyDeletedNodes', need: 'manage', send: ofRoom },
]
