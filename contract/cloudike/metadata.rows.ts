import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/B.txt': { file: 'beta!' },
  '/docs/a.txt': { file: 'alpha' },
  '/docs/sub': 'folder',
  '/docs/sub/c.txt': { file: 'c' },
} as const

const of =
  (path: string, query: Record<string, string | number> = {}) =>
  (scene: Scene) => ({ params: { path: scene.path(path) }, query })

const paths = (scene: Scene, names: readonly string[]) =>
  names.map((name) => ({ path: scene.path(`/docs/${name}`) }))

async function hashOf(scene: Scene, as: 'writer' | 'reader', path = '/docs'): Promise<string> {
  const { body } = await scene.call('metadata', as, { params: { path: scene.path(path) } })
  return (body as { hash: string }).hash
}

type Change = (scene: Scene) => Promise<unknown>

const changes: Readonly<Record<string, Change>> = {
  'a new folder': (scene) =>
    scene.call('fileopsFolderCreate', 'writer', { body: { path: scene.path('/docs/new') } }),
  'a new name': (scene) =>
    scene.call('fileopsRename', 'writer', {
      body: { path: scene.path('/docs/a.txt'), newname: 'z.txt' },
    }),
  'a file that went': (scene) =>
    scene.call('fileopsMove', 'writer', {
      body: { from_path: scene.path('/docs/a.txt'), to_path: scene.path('/docs/sub') },
    }),
  'a copy': (scene) =>
    scene.call('fileopsCopy', 'writer', {
      body: { from_path: scene.path('/docs/a.txt'), to_path: scene.path('/docs') },
    }),
  'a public link': (scene) =>
    scene.call('linksCreate', 'writer', { body: { path: scene.path('/docs/a.txt') } }),
}

/** metadata: listings, their order, pages, hashes. */
export const metadataRows: readonly ContractRow[] = [
  {
    op: 'metadata',
    name: 'of a file',
    as: 'reader',
    given,
    send: of('/docs/a.txt'),
    want: (scene) => ({
      status: 200,
      body: {
        path: scene.path('/docs/a.txt'),
        folder: false,
        bytes: 5,
        size: '5 bytes',
        checksum: '2c1743a391305fbf367df8e4f069f9f9',
        mime_type: 'text/plain',
        icon: 'document_text',
        role: 'collaborator',
        content: undefined,
        hash: undefined,
      },
    }),
  },
  {
    op: 'metadata',
    name: 'of a folder with its listing: folders first, then by name without case',
    as: 'reader',
    given,
    send: of('/docs'),
    want: (scene) => ({
      status: 200,
      headers: { etag: /^"[0-9a-f]{32}"$/ },
      body: {
        path: scene.path('/docs'),
        folder: true,
        is_last_page: true,
        content: paths(scene, ['sub', 'a.txt', 'B.txt']),
      },
    }),
  },
  {
    op: 'metadata',
    name: 'in the other order',
    as: 'reader',
    given,
    send: of('/docs', { order_by: '-name' }),
    want: (scene) => ({ status: 200, body: { content: paths(scene, ['sub', 'B.txt', 'a.txt']) } }),
  },
  {
    op: 'metadata',
    name: 'an unknown order is 400',
    as: 'reader',
    given,
    send: of('/docs', { order_by: 'bytes' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'metadata',
    name: 'by pages',
    as: 'reader',
    given,
    send: of('/docs', { offset: 1, limit: 1 }),
    want: (scene) => ({
      status: 200,
      body: { is_last_page: false, content: paths(scene, ['a.txt']) },
    }),
  },
  {
    op: 'metadata',
    name: 'by pages with the other names of offset and limit',
    as: 'reader',
    given,
    send: of('/docs', { list_offset: 2, list_limit: 5 }),
    want: (scene) => ({
      status: 200,
      body: { is_last_page: true, content: paths(scene, ['B.txt']) },
    }),
  },
  {
    op: 'metadata',
    name: 'a limit below nothing is 400',
    as: 'reader',
    given,
    send: of('/docs', { limit: -1 }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'metadata',
    name: 'folders only',
    as: 'reader',
    given,
    send: of('/docs', { dirs_only: 'True' }),
    want: (scene) => ({ status: 200, body: { content: paths(scene, ['sub']) } }),
  },
  {
    op: 'metadata',
    name: 'without a listing, said by the other name of the parameter',
    as: 'reader',
    given,
    send: of('/docs', { list: 0 }),
    want: { status: 200, body: { folder: true, content: undefined } },
  },
  {
    op: 'metadata',
    name: 'the root shows the rooms of others as mounts',
    as: 'reader',
    given,
    send: { path: '/api/0/metadata' },
    want: (scene) => ({
      status: 200,
      body: {
        path: '/',
        folder: true,
        content: (list) =>
          (list as { path: string; fs_type?: string; shared: boolean }[]).some(
            (one) => one.path === scene.path('/') && one.shared && one.fs_type === 'mount',
          ),
      },
    }),
  },
  {
    op: 'metadata',
    name: 'rule 17: the hash of before answers 304 with nothing in it',
    as: 'reader',
    given,
    before: async (scene) => {
      scene.kept.hash = await hashOf(scene, 'writer')
    },
    send: (scene) => of('/docs', { hash: String(scene.kept.hash) })(scene),
    want: { status: 304, body: undefined },
  },
  {
    op: 'metadata',
    name: 'rule 17: so does If-None-Match, weak or in a list, for every collaborator',
    as: 'reader',
    given,
    before: async (scene) => {
      scene.kept.hash = await hashOf(scene, 'writer')
    },
    send: (scene) => ({
      ...of('/docs')(scene),
      headers: { 'if-none-match': `"other", W/"${scene.kept.hash}"` },
    }),
    want: { status: 304 },
  },
  {
    op: 'metadata',
    name: 'rule 17: a hash is nothing to a file, and without a listing',
    as: 'reader',
    given,
    before: async (scene) => {
      scene.kept.hash = await hashOf(scene, 'writer')
    },
    send: (scene) => of('/docs', { hash: String(scene.kept.hash), listing: 'false' })(scene),
    want: { status: 200 },
  },
  {
    op: 'metadata',
    name: 'rule 17: a change below a folder in it does not change its listing',
    as: 'reader',
    given,
    before: async (scene) => {
      scene.kept.hash = await hashOf(scene, 'writer')
      const path = scene.path('/docs/sub/new')
      await scene.call('fileopsFolderCreate', 'writer', { body: { path } })
    },
    send: (scene) => of('/docs', { hash: String(scene.kept.hash) })(scene),
    want: { status: 304 },
  },
  ...Object.entries(changes).map(
    ([what, change]): ContractRow => ({
      op: 'metadata',
      name: `rule 17: ${what} changes the hash`,
      as: 'reader',
      given,
      before: async (scene) => {
        scene.kept.hash = await hashOf(scene, 'writer')
        await change(scene)
      },
      send: (scene) => of('/docs', { hash: String(scene.kept.hash) })(scene),
      want: (scene) => ({ status: 200, body: { hash: (hash) => hash !== scene.kept.hash } }),
    }),
  ),
  {
    op: 'metadata',
    name: 'what is not there is 404',
    as: 'reader',
    given,
    send: of('/docs/none'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'metadata',
    name: 'what is not visible is 404 as well',
    as: 'member',
    given,
    send: of('/docs'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'metadata',
    name: 'an encoded slash does not separate',
    as: 'reader',
    given,
    send: (scene) => ({ path: `/api/1/metadata${encodeURI(scene.path('/docs'))}%2Fa.txt` }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'metadata',
    name: 'a path is decoded once',
    as: 'reader',
    given,
    send: (scene) => ({ path: `/api/1/metadata${encodeURI(scene.path('/docs'))}/a%252Etxt` }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'metadata',
    name: 'another version than the current is 404',
    as: 'reader',
    given,
    send: of('/docs/a.txt', { version: 1 }),
    want: { status: 404, code: 'FileNotFound' },
  },
]
