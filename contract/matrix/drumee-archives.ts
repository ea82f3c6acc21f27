import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const chosen = (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: [scene.id('/f')] } })

const ordered = async (scene: Scene) => {
  const answer = await scene.call('media.download', 'writer', chosen(scene))
  scene.kept.id = (answer.body as { data: { zipid: string } }).data.zipid
}
const byId = ({ kept }: Scene) => ({ body: { id: kept.id } })

/** Several nodes as one file. */
export const drumeeArchives: readonly MatrixRow[] = [
  { op: 'media.download', need: 'read', send: chosen },
  { op: 'media.zip_size', need: 'read', send: chosen },
  { op: 'media.zip_release', need: 'own', before: ordered, send: byId },
  { op: 'media.zip_cancel', need: 'own', before: ordered, send: byId },
]
