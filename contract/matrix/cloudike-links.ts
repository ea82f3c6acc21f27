import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const published = (more: object) => async (scene: Scene) => {
  const body = { path: scene.path('/f'), ...more }
  const answer = await scene.call('linksCreate', 'writer', { body })
  scene.kept.hash = (answer.body as { public_hash: string }).public_hash
}
const ofHash = (scene: Scene) => ({ hash: String(scene.kept.hash) })

/** Files that come in through links, and what is taken over from them. */
export const cloudikeLinks: readonly MatrixRow[] = [
  {
    op: 'linksFileCreate',
    need: 'bearer',
    before: published({ upload_folder: true }),
    send: (scene) => ({ params: ofHash(scene), body: { path: 'new.txt' } }),
  },
  {
    op: 'linksFileCreatePart',
    need: 'bearer',
    before: async (scene) => {
      await published({ upload_folder: true })(scene)
      const body = { path: 'new.txt', multipart: true }
      const wanted = { params: ofHash(scene), body }
      const answer = await scene.call('linksFileCreate', null, wanted)
      scene.kept.parts = (answer.body as { temp_path: string }).temp_path
    },
    send: (scene) => ({
      params: ofHash(scene),
      body: { temp_path: String(scene.kept.parts), part_num: 1 },
    }),
  },
  {
    op: 'linksAddToStorage',
    need: 'bearer',
    // Whoever has the key may copy it into what is his own, and nobody else has a place for it.
    but: { anonymous: 'unauthenticated' },
    before: published({}),
    send: (scene) => ({ params: ofHash(scene), query: { target_path: '/' } }),
  },
]
