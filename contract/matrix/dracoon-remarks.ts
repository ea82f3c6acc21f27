import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const ofFile = (scene: Scene) => ({ params: { node_id: scene.id('/f/a.txt') } })
const said = async (scene: Scene) => {
  const send = { ...ofFile(scene), body: { text: 'x' } }
  const { body } = await scene.call('createNodeComment', 'writer', send)
  scene.kept.comment = (body as { id: number }).id
}
const ofComment = (scene: Scene) => ({ params: { comment_id: String(scene.kept.comment) } })
const ofRoom = (scene: Scene) => ({ params: { room_id: scene.id('/') } })

/** Comments, favourites, versions, several files at once, tags of the byte store. */
export const remarksRows: readonly MatrixRow[] = [
  { op: 'requestNodeComments', need: 'read', send: ofFile },
  {
    op: 'createNodeComment',
    need: 'read',
    send: (scene) => ({ ...ofFile(scene), body: { text: 'x' } }),
  },
  {
    op: 'updateNodeComment',
    need: 'write',
    // Only who wrote it.
    but: { manager: 'forbidden', admin: 'forbidden' },
    before: said,
    send: (scene) => ({ ...ofComment(scene), body: { text: 'y' } }),
  },
  { op: 'removeNodeComment', need: 'write', before: said, send: ofComment },
  { op: 'addFavorite', need: 'read', send: ofFile },
  {
    op: 'removeFavorite',
    need: 'read',
    // Who sees it and has no such mark is told so.
    passes: 400,
    send: ofFile,
  },
  {
    op: 'updateFavorites',
    need: 'read',
    send: (scene) => ({ body: { isFavorite: true, objectIds: [scene.id('/f/a.txt')] } }),
  },
  {
    op: 'requestFileVersionList',
    need: 'user',
    // The document has no refusal for it: who sees nothing gets an empty list.
    send: (scene) => ({ params: { reference_id: scene.nodeId('/f/a.txt') } }),
  },
  {
    op: 'updateFiles',
    need: 'write',
    send: (scene) => ({ body: { classification: 2, objectIds: [scene.id('/f/a.txt')] } }),
  },
  {
    op: 'searchNodes',
    need: 'read',
    send: (scene) => ({ query: { search_string: 'a', parent_id: scene.id('/') } }),
  },
  { op: 'requestRoomS3Tags', need: 'manage', passes: 412, send: ofRoom },
  {
    op: 'setRoomS3Tags',
    need: 'manage',
    passes: 412,
    send: (scene) => ({ ...ofRoom(scene), body: { ids: [] } }),
  },
]
