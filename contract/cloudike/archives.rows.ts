import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/sub': 'folder',
  '/docs/sub/b.txt': { file: 'beta' },
  '/c.txt': { file: 'gamma' },
} as const

const paths = (scene: Scene, ...names: string[]) => names.map((name) => scene.path(name))
const wanted =
  (...names: string[]) =>
  (scene: Scene) => ({ body: { path: paths(scene, ...names), parent_folder: scene.path('/docs') } })
const noNode = wanted('/nothing')

type Ordered = { hash: string; url: string }

const ordered =
  (...names: string[]) =>
  async (scene: Scene) => {
    const answer = await scene.call('filesCreateArchiveStream', 'reader', wanted(...names)(scene))
    scene.kept.hash = (answer.body as Ordered).hash
  }
const byHash = (scene: Scene) => ({ params: { private_hash: String(scene.kept.hash) } })
const fetchOrdered = (scene: Scene) =>
  scene.call('filesDownloadAsArchiveStream', null, byHash(scene))

const published =
  (more: object = {}) =>
  async (scene: Scene) => {
    const body = { path: scene.path('/docs'), ...more }
    const answer = await scene.call('linksCreate', 'writer', { body })
    scene.kept.hash = (answer.body as { public_hash: string }).public_hash
  }
const ofLink =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { hash: String(scene.kept.hash) }, ...more })

/** Nothing is packed, so that names and texts stand in the answer as they are. */
const holds =
  (...texts: string[]) =>
  (body: unknown) =>
    texts.every((text) => String(body).includes(text))
const zip = { 'content-type': 'application/zip', 'content-length': /^\d+$/ }
const noRights = async (scene: Scene) => {
  await ordered('/docs')(scene)
  await scene.call('fileopsDelete', 'writer', { body: { path: scene.path('/docs') } })
}

const noInput = { status: 400, code: 'InvalidParameters' } as const

const create = { op: 'filesCreateArchiveStream', as: 'reader', given } as const
const stream = { op: 'filesDownloadAsArchiveStream', as: null, given } as const
const direct = { op: 'filesDownloadAsArchiveStreamDirect', as: 'reader', given } as const
const progress = { op: 'filesProgressDownloadStreams', as: 'reader', given } as const
const all = { op: 'filesProgressDownloadStreamsAll', as: 'reader', given } as const
const link = { op: 'linksDownloadAsArchiveStream', as: null, given } as const

/** Archives of files and of public links, made while they are read. */
export const archiveRows: readonly ContractRow[] = [
  {
    ...create,
    name: 'rule 19: a private address, named after the open folder and the time',
    send: wanted('/docs', '/c.txt'),
    want: (scene) => ({
      status: 200,
      body: {
        url: (url) =>
          String(url).startsWith(`${scene.url}/api/1/files/download_as_archive_stream/`),
        file_name: (name) => /^docs_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\+0000\.zip$/.test(String(name)),
        expired: (time) => Date.parse(String(time)) > Date.now(),
        hash: (hash) => String(hash).length >= 20,
      },
    }),
  },
  {
    ...create,
    name: 'by the address that other clients use',
    send: (scene) => ({ ...wanted('/docs')(scene), path: '/api/1/files/create_link_of_archive/' }),
    want: { status: 200 },
  },
  { ...create, name: 'nothing wanted', send: { body: { path: [] } }, want: noInput },
  {
    ...create,
    name: 'something that is not there',
    send: noNode,
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...stream,
    name: 'the archive, without a session',
    before: ordered('/docs', '/c.txt'),
    send: byHash,
    want: {
      status: 200,
      headers: { ...zip, 'content-disposition': /^attachment; filename="docs_/ },
      body: holds('docs/a.txt', 'alpha', 'docs/sub/b.txt', 'beta', 'c.txt', 'gamma'),
    },
  },
  {
    ...stream,
    name: 'an unknown hash',
    send: { params: { private_hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    ...stream,
    name: 'what it was for is gone',
    before: noRights,
    send: byHash,
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...direct,
    name: 'at once, for somebody who is signed in',
    send: (scene) => ({ query: { path: scene.path('/docs') } }),
    want: { status: 200, headers: zip, body: holds('docs/sub/b.txt', 'beta') },
  },
  {
    ...direct,
    name: 'by the hash, without a session',
    as: null,
    before: ordered('/docs'),
    send: (scene) => ({ query: { private_hash: String(scene.kept.hash) } }),
    want: { status: 200, headers: zip },
  },
  {
    ...direct,
    name: 'nobody packs by path',
    as: null,
    send: (scene) => ({ query: { path: scene.path('/docs') } }),
    want: { status: 401, code: 'Unauthorized' },
  },
  { ...direct, name: 'neither hash nor path', send: {}, want: noInput },
  {
    ...direct,
    name: 'an unknown hash',
    send: { query: { private_hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    ...direct,
    name: 'something that is not there',
    send: (scene) => ({ query: { path: scene.path('/nothing') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...progress,
    name: 'not begun yet',
    before: ordered('/docs'),
    send: byHash,
    want: (scene) => ({
      status: 200,
      body: {
        private_hash: String(scene.kept.hash),
        progress: 0,
        status: 'created',
        created: (time) => Date.parse(String(time)) > 0,
      },
    }),
  },
  {
    ...progress,
    name: 'rule 19: 100 when it was fetched',
    before: async (scene) => {
      await ordered('/docs')(scene)
      await fetchOrdered(scene)
      await expect
        .poll(async () => (await scene.call(progress.op, 'reader', byHash(scene))).body)
        .toMatchObject({ status: 'completed' })
    },
    send: byHash,
    want: { status: 200, body: { progress: 100, status: 'completed' } },
  },
  {
    ...progress,
    name: 'somebody else’s',
    as: 'writer',
    before: ordered('/docs'),
    send: byHash,
    want: { status: 404, code: 'NotFound' },
  },
  {
    ...all,
    name: 'rule 19: all of the caller’s, by time',
    before: async (scene) => {
      await ordered('/docs')(scene)
      scene.kept.first = scene.kept.hash
      await ordered('/c.txt')(scene)
    },
    want: (scene) => ({
      status: 200,
      body: (list) => {
        const hashes = (list as { private_hash: string }[]).map((each) => each.private_hash)
        const [first, second] = [scene.kept.first, scene.kept.hash].map(String)
        return hashes.indexOf(first ?? '') + 1 === hashes.indexOf(second ?? '')
      },
    }),
  },
  {
    ...link,
    name: 'the published folder, and it counts',
    before: published(),
    send: ofLink(),
    want: {
      status: 200,
      headers: { ...zip, 'content-disposition': /filename="docs\.zip"/ },
      body: holds('docs/a.txt', 'docs/sub/b.txt', 'beta'),
      events: ['link.used'],
    },
  },
  {
    ...link,
    name: 'some of it',
    before: published(),
    send: ofLink({ query: { path: '/sub' } }),
    want: {
      status: 200,
      body: (body) => holds('sub/b.txt')(body) && !holds('a.txt')(body),
      events: ['link.used'],
    },
  },
  {
    ...link,
    name: 'without its password',
    before: published({ password: 'open it' }),
    send: ofLink(),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    ...link,
    name: 'after the last download',
    before: async (scene) => {
      await published({ download_max: 1 })(scene)
      await scene.call(link.op, null, ofLink()(scene))
    },
    send: ofLink(),
    want: { status: 403, code: 'LinkDownloadsExceeded' },
  },
  {
    ...link,
    name: 'after too many wrong passwords',
    before: async (scene) => {
      await published({ password: 'open it' })(scene)
      for (let round = 0; round < 12; round++) {
        await scene.call(link.op, null, { ...ofLink()(scene), query: { password: 'nope' } })
      }
    },
    send: (scene) => ({ ...ofLink()(scene), query: { password: 'open it' } }),
    want: { status: 403, code: 'LinkBlocked' },
  },
  {
    ...link,
    name: 'something that is not in it',
    before: published(),
    send: ofLink({ query: { path: '/nothing' } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...link,
    name: 'something outside of it',
    before: published(),
    send: ofLink({ query: { path: '/../c.txt' } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    ...link,
    name: 'an unknown hash',
    send: { params: { hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'dirSizeCalculate',
    name: 'is done at once',
    as: 'reader',
    given,
    send: (scene) => ({ query: { path: scene.path('/docs') } }),
    want: { status: 200, body: { status: 'done', description: '9 bytes' } },
  },
  {
    op: 'dirSizeCalculate',
    name: 'of what is no path',
    as: 'reader',
    given,
    send: { query: { path: '/../x' } },
    want: noInput,
  },
  {
    op: 'dirSizeCalculate',
    name: 'of nothing',
    as: 'reader',
    given,
    send: (scene) => ({ query: { path: scene.path('/nothing') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
]
