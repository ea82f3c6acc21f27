import { READ } from '../../server/core/permissions/permission.ts'
import type { ContractRow, Scene } from '../row.ts'
import { blocked, end, ended, given, mayOnly, ofLink, published } from './refusal-scene.ts'
import { done, limitHome } from './share-scene.ts'

const expired = { status: 404, code: 'LinkExpired' } as const
const forbidden = { status: 403, code: 'Forbidden' } as const

/** A file in parts that comes in through a link, which ends then. */
const comingIn = async (scene: Scene) => {
  await published('/docs', { upload_folder: true, ttl: 1000 })(scene)
  const send = {
    params: { hash: String(scene.kept.hash) },
    body: { path: 'new.txt', multipart: true },
  }
  const { temp_path, confirm_url } = await done(scene, 'linksFileCreate', null, send)
  scene.kept.temp = temp_path
  scene.kept.confirm = new URL(String(confirm_url)).pathname
  await end(scene)
}
/** A file of the writer that has come and waits for its confirmation; he may only read by then. */
const unconfirmed = async (scene: Scene) => {
  const body = { path: scene.path('/docs/new.txt'), size: 5 }
  const { url, confirm_url } = await done(scene, 'filesCreate', 'writer', { body })
  await fetch(String(url), { method: 'PUT', body: 'hello' })
  const { pathname, search } = new URL(String(confirm_url))
  scene.kept.confirm = pathname + search
  await mayOnly('writer', READ)(scene)
}
/** A folder that may hold so much and no more. */
const limited = async (scene: Scene, path: string, bytes: number) => {
  const limit = { use_folder_limit: true, folder_limit: bytes }
  await done(scene, 'sharesAdd', 'manager', { body: { path: scene.path(path), ...limit } })
}
const full = { status: 402, code: 'QuotaExceeded' } as const

/** What is refused past an end, past a quota, and of what another has changed meanwhile. */
export const endRows: readonly ContractRow[] = [
  {
    op: 'linksInfo',
    name: 'past its end',
    as: null,
    given,
    before: ended('/docs'),
    send: (scene) => ({ params: { hash: String(scene.kept.hash) } }),
    want: expired,
  },
  {
    op: 'linksGet',
    name: 'past its end',
    as: null,
    given,
    before: ended('/docs'),
    send: ofLink('a.txt'),
    want: expired,
  },
  {
    op: 'linksMetadata',
    name: 'past its end',
    as: null,
    given,
    before: ended('/docs'),
    send: ofLink('a.txt'),
    want: expired,
  },
  ...(['linksDownloadAsArchive', 'linksDownloadAsArchiveStream'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'past its end',
      as: null,
      given,
      before: ended('/docs'),
      send: (scene) => ({ params: { hash: String(scene.kept.hash) } }),
      want: expired,
    }),
  ),
  {
    op: 'linksFileCreatePart',
    name: 'past the end of the link',
    as: null,
    given,
    before: comingIn,
    send: (scene) => ({
      params: { hash: String(scene.kept.hash) },
      body: { temp_path: String(scene.kept.temp), part_num: 1 },
    }),
    want: expired,
  },
  {
    op: 'transferConfirm',
    name: 'past the end of the link',
    as: null,
    given,
    before: comingIn,
    send: (scene) => ({ path: String(scene.kept.confirm) }),
    want: expired,
  },
  {
    op: 'filesConfirm',
    name: 'who announced it may not write any more',
    as: null,
    given,
    before: unconfirmed,
    send: (scene) => ({ path: String(scene.kept.confirm) }),
    want: forbidden,
  },
  {
    op: 'linksFileCreate',
    name: 'of more bytes than the folder may hold',
    as: null,
    given,
    async before(scene) {
      await limited(scene, '/docs', 10)
      await published('/docs', { upload_folder: true })(scene)
    },
    send: (scene) => ({
      params: { hash: String(scene.kept.hash) },
      body: { path: 'new.txt', size: 6 },
    }),
    want: full,
  },
  {
    op: 'transferConfirm',
    name: 'of what the folder may not hold any more',
    as: null,
    given,
    async before(scene) {
      await published('/docs', { upload_folder: true })(scene)
      const send = { params: { hash: String(scene.kept.hash) }, body: { path: 'new.txt' } }
      const { url, confirm_url } = await done(scene, 'linksFileCreate', null, send)
      await fetch(String(url), { method: 'PUT', body: 'sixsix' })
      scene.kept.confirm = new URL(String(confirm_url)).pathname
      await limited(scene, '/docs', 10)
    },
    send: (scene) => ({ path: String(scene.kept.confirm) }),
    want: full,
  },
  {
    op: 'linksAddToStorage',
    name: 'of more bytes than the own home may get',
    as: 'reader',
    given,
    async before(scene) {
      await published('/docs')(scene)
      await limitHome(scene, 'reader', 4)
    },
    send: (scene) => ({
      params: { hash: String(scene.kept.hash) },
      query: { target_path: '/' },
    }),
    want: full,
    then: (scene) => limitHome(scene, 'reader', null),
  },
  {
    op: 'filesRestore',
    name: 'of a version that does not fit any more',
    as: 'writer',
    given: { ...given, '/docs/b.txt': { file: 'a long text' } },
    async before(scene) {
      const body = { path: scene.path('/docs/b.txt'), size: 1, overwrite: true }
      const { url, confirm_url } = await done(scene, 'filesCreate', 'writer', { body })
      await fetch(String(url), { method: 'PUT', body: 'x' })
      await fetch(String(confirm_url), { method: 'POST' })
      await limited(scene, '/docs', 12)
    },
    send: (scene) => ({
      body: { path: scene.path('/docs/b.txt'), version: scene.nodeId('/docs/b.txt') },
    }),
    want: full,
  },
  {
    op: 'filesConfirm',
    name: 'of a version that another has replaced meanwhile',
    as: null,
    given,
    async before(scene) {
      const path = scene.path('/docs/a.txt')
      const brought = async (more: object) => {
        const body = { path, size: 5, overwrite: true, ...more }
        const { url, confirm_url } = await done(scene, 'filesCreate', 'writer', { body })
        await fetch(String(url), { method: 'PUT', body: 'hello' })
        return new URL(String(confirm_url))
      }
      const { pathname, search } = await brought({ version: scene.nodeId('/docs/a.txt') })
      await fetch(await brought({}), { method: 'POST' })
      scene.kept.confirm = pathname + search
    },
    send: (scene) => ({ path: String(scene.kept.confirm) }),
    want: { status: 403, code: 'FileVersionMismatch' },
  },
  {
    op: 'linksAddToStorage',
    name: 'after too many wrong passwords',
    as: 'reader',
    given,
    before: blocked,
    send: (scene) => ({
      params: { hash: String(scene.kept.hash) },
      query: { target_path: '/', password: 'open it' },
    }),
    want: { status: 403, code: 'LinkBlocked' },
  },
  {
    op: 'migrationContentsAccept',
    name: 'of more bytes than the own home may get',
    as: 'member',
    async before(scene) {
      const path = `/offer ${scene.nodeId('/')}`
      const body = { path: `${path}/a.txt`, size: 5 }
      const { url, confirm_url } = await done(scene, 'filesCreate', 'writer', { body })
      await fetch(String(url), { method: 'PUT', body: 'hello' })
      await fetch(String(confirm_url), { method: 'POST' })
      const offer = { path, member_login: 'member' }
      const { hash } = await done(scene, 'migrationContentsAdd', 'writer', { body: offer })
      scene.kept.hash = hash
      await limitHome(scene, 'member', 4)
    },
    send: (scene) => ({ body: { hash: String(scene.kept.hash) } }),
    want: full,
    then: (scene) => limitHome(scene, 'member', null),
  },
]

/** Rows of a server that takes no file of more than ten bytes. */
export const tooLargeRows: readonly ContractRow[] = (
  ['transferUpload', 'transferUploadPart'] as const
).map((op) => ({
  op,
  name: 'of more bytes than the server takes',
  as: null,
  given: { '/docs': 'folder' },
  async before(scene: Scene) {
    const body = { path: scene.path('/docs/new.txt'), multipart: op === 'transferUploadPart' }
    const { url, temp_path } = await done(scene, 'filesCreate', 'writer', { body })
    scene.kept.ticket = temp_path ?? new URL(String(url)).pathname.split('/').at(-1)
  },
  send: (scene: Scene) => ({
    params: { ticket: String(scene.kept.ticket), part: 1 },
    bytes: 'eleven byte',
  }),
  want: { status: 413, code: 'FileTooLarge' },
}))
