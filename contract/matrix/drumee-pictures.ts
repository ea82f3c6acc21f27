import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/photo.png': { file: smallPng }, '/paper.pdf': { file: '%PDF-1.4' } } as const

/** By the store of the world that holds it. */
const photos = new WeakMap<object, object>()

/** All ask for the same picture, which is made once. */
const before = async (scene: Scene) => {
  const { store } = scene.core('manager')
  const photo = photos.get(store) ?? { hub_id: scene.id('/'), nid: scene.id('/photo.png') }
  photos.set(store, photo)
  scene.kept.photo = photo
}

/** Pictures of files, and documents as PDF. */
export const drumeePictures: readonly MatrixRow[] = [
  ...['preview', 'vignette', 'thumb', 'card', 'slide'].map(
    (format): MatrixRow => ({
      op: `media.${format}`,
      need: 'read',
      given,
      before,
      send: ({ kept }) => ({ body: kept.photo }),
    }),
  ),
  {
    op: 'media.pdf',
    need: 'read',
    given,
    send: (scene) => ({ body: { hub_id: scene.id('/'), nid: scene.id('/paper.pdf') } }),
  },
]
