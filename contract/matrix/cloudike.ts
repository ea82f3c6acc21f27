import type { Scene, Send } from '../row.ts'
import { password } from '../scene.ts'
import { cloudikeAccountsMatrix } from './cloudike-accounts.ts'
import { cloudikeArchives } from './cloudike-archives.ts'
import { cloudikeExtradata } from './cloudike-extradata.ts'
import { cloudikeLinks } from './cloudike-links.ts'
import { cloudikeShares } from './cloudike-shares.ts'
import { cloudikeTrash } from './cloudike-trash.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/f': 'folder', '/f/a.txt': { file: 'alpha' }, '/to': 'folder' } as const

const body =
  (values: (scene: Scene) => object) =>
  (scene: Scene): Send => ({ body: values(scene) })
const at = (path: string, more: object = {}) =>
  body((scene) => ({ path: scene.path(path), ...more }))
const between = body((scene) => ({ from_path: scene.path('/f/a.txt'), to_path: scene.path('/to') }))
const inUrl = (path: string) => (scene: Scene) => ({ params: { path: scene.path(path) } })
const keptPath = (more: object) => (scene: Scene) => ({ path: String(scene.kept.path), ...more })

const local = (url: string) => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

type Announced = { url: string; confirm_url: string }

const announced = async (scene: Scene) => {
  const answer = await scene.call('filesCreate', 'writer', at('/new.txt', { size: 5 })(scene))
  const { url, confirm_url } = answer.body as Announced
  scene.kept.path = local(url)
  scene.kept.confirm = local(confirm_url)
}
const uploaded = async (scene: Scene) => {
  await announced(scene)
  await fetch(scene.url + scene.kept.path, { method: 'PUT', body: 'hello' })
  scene.kept.path = scene.kept.confirm
}
const asked = async (scene: Scene) => {
  const answer = await scene.call('filesGet', 'reader', inUrl('/f/a.txt')(scene))
  scene.kept.path = local((answer.body as { url: string }).url)
}

const published = async (scene: Scene) => {
  const answer = await scene.call('linksCreate', 'writer', at('/f')(scene))
  scene.kept.hash = (answer.body as { public_hash: string }).public_hash
}
const ofLink = (path: string) => (scene: Scene) => ({
  params: { hash: String(scene.kept.hash), path },
})

/** A file that came in through a link and waits for its confirmation. */
const broughtThroughLink = async (scene: Scene) => {
  const body = { path: scene.path('/f'), upload_folder: true }
  const answer = await scene.call('linksCreate', 'writer', { body })
  const { public_hash: hash } = answer.body as { public_hash: string }
  const wanted = { params: { hash }, body: { path: 'new.txt' } }
  const made = (await scene.call('linksFileCreate', null, wanted)).body as Places
  await fetch(made.url, { method: 'PUT', body: 'hello' })
  scene.kept.path = local(made.confirm_url)
}
type Places = { readonly url: string; readonly confirm_url: string }

// Paths are everybody's own: who does not see the room makes a folder of its name in his home.
const ownTree = { stranger: 'ok', member: 'ok' } as const

/** Cloudike, every operation that is built. */
export const cloudikeMatrix: readonly MatrixRow[] = [
  {
    op: 'accountsLogin',
    need: 'public',
    // The account is the default tenant's.
    but: { stranger: 'unauthenticated' },
    send: () => ({ body: { login: 'member', password } }),
  },
  { op: 'accountsLogout', need: 'user', ends: true },
  { op: 'accountsGet', need: 'user' },
  { op: 'links', need: 'user' },
  { op: 'metadata', need: 'read', send: inUrl('/f') },
  { op: 'metadataFullListing', need: 'user' },
  { op: 'filesGet', need: 'read', send: inUrl('/f/a.txt') },
  { op: 'fileopsFolderCreate', need: 'write', but: ownTree, send: at('/new') },
  { op: 'filesCreate', need: 'write', but: ownTree, send: at('/new.txt', { size: 5 }) },
  { op: 'fileopsMove', need: 'write', send: between },
  { op: 'fileopsCopy', need: 'write', send: between },
  { op: 'fileopsRename', need: 'write', send: at('/f/a.txt', { newname: 'new.txt' }) },
  { op: 'fileopsDelete', need: 'write', send: at('/f/a.txt') },
  { op: 'linksCreate', need: 'write', send: at('/f') },
  {
    op: 'linksDelete',
    need: 'write',
    before: published,
    send: at('/f'),
  },
  { op: 'linksGet', need: 'bearer', before: published, send: ofLink('a.txt') },
  { op: 'linksMetadata', need: 'bearer', before: published, send: ofLink('a.txt') },
  { op: 'linksInfo', need: 'bearer', before: published, send: ofLink('') },
  {
    op: 'transferUpload',
    need: 'bearer',
    before: announced,
    send: keptPath({ method: 'PUT', bytes: 'hello' }),
  },
  { op: 'filesConfirm', need: 'bearer', before: uploaded, send: keptPath({}) },
  {
    op: 'transferConfirm',
    need: 'bearer',
    before: broughtThroughLink,
    send: keptPath({}),
  },
  { op: 'transferDownload', need: 'bearer', before: asked, send: keptPath({}) },
  ...cloudikeAccountsMatrix,
  ...cloudikeArchives,
  ...cloudikeShares,
  ...cloudikeLinks,
  ...cloudikeExtradata,
  ...cloudikeTrash,
].map((row) => ({ given, ...row }) as MatrixRow)
