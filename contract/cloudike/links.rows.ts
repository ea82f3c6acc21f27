import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/sub': 'folder',
  '/docs/sub/b.txt': { file: 'beta' },
} as const

const year = 31_536_000

type Made = { public_hash: string }

async function publish(scene: Scene, path: string, more: object = {}): Promise<string> {
  const body = { path: scene.path(path), ...more }
  const made = await scene.call('linksCreate', 'writer', { body })
  if (made.status !== 200) throw new Error(`links/create: ${JSON.stringify(made.body)}`)
  return (made.body as Made).public_hash
}

const published =
  (path: string, more: object = {}) =>
  async (scene: Scene) => {
    scene.kept.hash = await publish(scene, path, more)
  }

const at =
  (path: string, query: Record<string, string | number> = {}) =>
  (scene: Scene) => ({ params: { hash: String(scene.kept.hash), path }, query })

const create =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { path: scene.path(path), ...more },
  })

/** Links for their owners; numbers are those of the dossier's edge rules. */
export const linkRows: readonly ContractRow[] = [
  ...fourEncodings({
    op: 'linksCreate',
    name: 'publishes a folder',
    as: 'writer',
    given,
    send: create('/docs', { ttl: year, download_max: 3, password: 'open it', notify: true }),
    want: (scene) => ({
      status: 200,
      body: {
        path: scene.path('/docs'),
        public_hash: (hash) => String(hash).length >= 20,
        access_rights: 'download',
        download_max: 3,
        download_count: 0,
        password: true,
        notify: true,
        expires: (time) => Math.abs(Number(time) - Date.now() - year * 1000) < 60_000,
      },
      events: ['link.created'],
    }),
  }),
  {
    op: 'linksCreate',
    name: 'publishing again answers the link that is there',
    as: 'writer',
    given,
    before: published('/docs'),
    send: create('/docs', { download_max: 9 }),
    want: (scene) => ({
      status: 200,
      body: { public_hash: (hash) => hash === scene.kept.hash, download_max: 0 },
    }),
  },
  {
    op: 'linksCreate',
    name: 'a link for uploads is for folders',
    as: 'writer',
    given,
    send: create('/docs', { upload_folder: 1 }),
    want: { status: 200, body: { access_rights: 'upload' }, events: ['link.created'] },
  },
  {
    op: 'linksCreate',
    name: 'rule 21: on a file it is 400',
    as: 'writer',
    given,
    send: create('/docs/a.txt', { upload_folder: true }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  ...[-1, year + 1, 'x'].map(
    (ttl): ContractRow => ({
      op: 'linksCreate',
      name: `rule 22: a ttl of ${ttl} is 400`,
      as: 'writer',
      given,
      send: create('/docs', { ttl }),
      want: { status: 400, code: 'InvalidParameters' },
    }),
  ),
  {
    op: 'linksCreate',
    name: 'rule 22: a ttl of 0 has no end',
    as: 'writer',
    given,
    send: create('/docs', { ttl: 0 }),
    want: { status: 200, body: { expires: null }, events: ['link.created'] },
  },
  {
    op: 'linksCreate',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: create('/docs'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'linksCreate',
    name: 'what is not there is 404',
    as: 'writer',
    given,
    send: create('/none'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'metadata',
    name: 'shows the hash to who may manage the link',
    as: 'writer',
    given,
    before: published('/docs'),
    send: (scene) => ({ params: { path: scene.path('/') } }),
    want: (scene) => ({
      status: 200,
      body: { content: [{ public_hash: String(scene.kept.hash) }] },
    }),
  },
  {
    op: 'metadata',
    name: 'and to nobody else',
    as: 'reader',
    given,
    before: published('/docs'),
    send: (scene) => ({ params: { path: scene.path('/') } }),
    want: { status: 200, body: { content: [{ public_hash: '', public_link: false }] } },
  },
  {
    op: 'links',
    name: 'lists the links that one may manage',
    as: 'writer',
    given,
    before: published('/docs'),
    want: (scene) => ({
      status: 200,
      body: (list) => (list as Made[]).some((one) => one.public_hash === scene.kept.hash),
    }),
  },
  {
    op: 'links',
    name: 'or the one of a hash, also of a whole address',
    as: 'writer',
    given,
    before: published('/docs'),
    send: (scene) => ({ query: { hash: `http://dl.test/1/${scene.kept.hash}?public` } }),
    want: (scene) => ({ status: 200, body: [{ path: scene.path('/docs') }] }),
  },
  {
    op: 'links',
    name: 'nothing of others',
    as: 'member',
    given,
    before: published('/docs'),
    want: { status: 200, body: [] },
  },
  ...fourEncodings({
    op: 'linksDelete',
    name: 'ends the link',
    as: 'writer',
    given,
    before: published('/docs'),
    send: create('/docs'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs'), public_hash: '' },
      events: ['link.deleted'],
    }),
    then: async (scene) => {
      const use = await scene.call('linksMetadata', null, at('')(scene))
      if (use.status !== 404) throw new Error(`the link still opens: ${use.status}`)
    },
  }),
  {
    op: 'linksDelete',
    name: 'also one for uploads',
    as: 'writer',
    given,
    before: published('/docs', { upload_folder: true }),
    send: create('/docs'),
    want: { status: 200, events: ['link.deleted'] },
  },
  {
    op: 'linksDelete',
    name: 'without a link it is 404',
    as: 'writer',
    given,
    send: create('/docs'),
    want: { status: 404, code: 'NotFound' },
  },
]

/** What strangers do with a link. */
export const publicLinkRows: readonly ContractRow[] = [
  {
    op: 'linksMetadata',
    name: 'the root has the path / and its name beside it',
    as: null,
    given,
    before: published('/docs'),
    send: at(''),
    want: {
      status: 200,
      body: {
        path: '/',
        name: 'docs',
        folder: true,
        owner: undefined,
        is_last_page: true,
        content: [{ path: '/sub' }, { path: '/a.txt', bytes: 5 }],
      },
    },
  },
  {
    op: 'linksMetadata',
    name: 'paths below it are relative',
    as: null,
    given,
    before: published('/docs'),
    send: at('sub'),
    want: {
      status: 200,
      body: { path: '/sub', name: undefined, content: [{ path: '/sub/b.txt' }] },
    },
  },
  {
    op: 'linksMetadata',
    name: 'folders only',
    as: null,
    given,
    before: published('/docs'),
    send: at('', { dirs_only: 1 }),
    want: { status: 200, body: { content: [{ path: '/sub' }] } },
  },
  ...['none', 'sub/none', 'sub%2Fb.txt'].map(
    (path): ContractRow => ({
      op: 'linksMetadata',
      name: `${path} is not in it`,
      as: null,
      given,
      before: published('/docs'),
      send: at(path),
      want: { status: 404, code: 'FileNotFound' },
    }),
  ),
  {
    op: 'linksMetadata',
    name: 'an unknown hash is 404',
    as: null,
    send: { params: { hash: 'none', path: '' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'linksMetadata',
    name: 'rule 22: a password is needed',
    as: null,
    given,
    before: published('/docs', { password: 'open it' }),
    send: at(''),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    op: 'linksMetadata',
    name: 'rule 22: the right one',
    as: null,
    given,
    before: published('/docs', { password: 'open it' }),
    send: at('', { password: 'wrong' }),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    op: 'linksMetadata',
    name: 'rule 22: on every call',
    as: null,
    given,
    before: published('/docs', { password: 'open it' }),
    send: at('sub', { password: 'open it' }),
    want: { status: 200, body: { path: '/sub' } },
  },
  {
    op: 'linksGet',
    name: 'says where the file is, and counts',
    as: null,
    given,
    before: published('/docs'),
    send: at('sub/b.txt'),
    want: {
      status: 200,
      body: { path: '/sub/b.txt', name: 'b.txt', size: 4, method: 'GET' },
      events: ['link.used'],
    },
    then: async (scene, answer) => {
      const { url } = answer.body as { url: string }
      const text = await (await fetch(url, { headers: { range: 'bytes=1-2' } })).text()
      if (text !== 'et') throw new Error(`the address sends ${text}`)
      const info = await scene.call('linksInfo', null, at('')(scene))
      const { download_count } = info.body as { download_count: number }
      if (download_count !== 1) throw new Error(`counted ${download_count}`)
    },
  },
  {
    op: 'linksGet',
    name: 'a file is its own root',
    as: null,
    given,
    before: published('/docs/a.txt'),
    send: at(''),
    want: { status: 200, body: { path: '/', name: 'a.txt', size: 5 }, events: ['link.used'] },
  },
  {
    op: 'linksGet',
    name: 'rule 22: no more often than allowed',
    as: null,
    given,
    before: async (scene) => {
      await published('/docs/a.txt', { download_max: 1 })(scene)
      await scene.call('linksGet', null, at('')(scene))
    },
    send: at(''),
    want: { status: 403, code: 'LinkDownloadsExceeded' },
  },
  {
    op: 'linksGet',
    name: 'a folder is no file, and takes no download',
    as: null,
    given,
    before: published('/docs', { download_max: 1 }),
    send: at('sub'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'linksGet',
    name: 'rule 21: a file that vanished is 404',
    as: null,
    given,
    before: async (scene) => {
      await published('/docs/a.txt')(scene)
      await scene.call('fileopsDelete', 'writer', { body: { path: scene.path('/docs/a.txt') } })
    },
    send: at(''),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'linksGet',
    name: 'an upload link shows nothing',
    as: null,
    given,
    before: published('/docs', { upload_folder: true }),
    send: at('a.txt'),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'linksInfo',
    name: 'tells of a link without its password',
    as: null,
    given,
    before: published('/docs', { password: 'x', download_max: 2 }),
    send: at(''),
    want: (scene) => ({
      status: 200,
      body: {
        public_hash: String(scene.kept.hash),
        access_rights: 'download',
        download_max: 2,
        password: true,
      },
    }),
  },
]
