import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { Scene, Send } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/f': 'folder', '/f/photo.png': { file: smallPng } } as const

type Photo = { readonly path: string; readonly hash: unknown; readonly invite_hash: unknown }

/** By the store of the world that holds it. */
const photos = new WeakMap<object, Promise<Photo>>()

async function published(scene: Scene): Promise<Photo> {
  const body = { path: scene.path('/f') }
  const link = await scene.call('linksCreate', 'writer', { body })
  const shared = { body: { ...body, public_view: true } }
  const invitation = await scene.call('sharesAdd', 'manager', shared)
  return {
    path: scene.path('/f/photo.png'),
    hash: (link.body as { public_hash: unknown }).public_hash,
    invite_hash: (invitation.body as { hash: unknown }).hash,
  }
}

/** All ask for the same picture, which is made once. */
const before = async (scene: Scene) => {
  const { store } = scene.core('manager')
  const photo = photos.get(store) ?? published(scene)
  photos.set(store, photo)
  scene.kept.photo = await photo
}
const asked =
  (key: 'hash' | 'invite_hash' | undefined, place: 'query' | 'body') =>
  ({ kept }: Scene): Send => {
    const it = kept.photo as Photo
    const values = key === undefined ? { path: it.path } : { [key]: it[key], path: 'photo.png' }
    return { [place]: values }
  }

/** Pictures of files. */
export const cloudikeExtradata: readonly MatrixRow[] = [
  { op: 'filesGetPreview', need: 'read', given, before, send: asked(undefined, 'query') },
  { op: 'filesCreateExtra', need: 'read', given, before, send: asked(undefined, 'body') },
  { op: 'linksGetPreview', need: 'bearer', given, before, send: asked('hash', 'query') },
  { op: 'linksCreateExtra', need: 'bearer', given, before, send: asked('hash', 'body') },
  { op: 'sharesGetPreview', need: 'bearer', given, before, send: asked('invite_hash', 'query') },
  { op: 'sharesCreateExtra', need: 'bearer', given, before, send: asked('invite_hash', 'body') },
]
