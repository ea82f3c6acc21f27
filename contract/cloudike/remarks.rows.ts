import type { ContractRow, Expected, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/plan a.txt': { file: 'alpha' },
  '/plan b.txt': { file: 'beta' },
} as const

const at =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { path: scene.path(path), ...more },
  })
const inUrl =
  (path: string, query: object = {}) =>
  (scene: Scene) => ({
    params: { path: scene.path(path) },
    query: { ...query },
  })

/** Overwrites a file; the version before it is the one of its first bytes. */
const overwritten = async (scene: Scene) => {
  const path = scene.path('/plan b.txt')
  const { body } = await scene.call('filesCreate', 'writer', {
    body: { path, size: 5, overwrite: true },
  })
  const { url, confirm_url: confirm } = body as { url: string; confirm_url: string }
  await fetch(url, { method: 'PUT', body: 'newer' })
  const answer = (await (await fetch(confirm, { method: 'POST' })).json()) as { version: number }
  scene.kept.newest = answer.version
}
const first = (scene: Scene) => scene.nodeId('/plan b.txt')
const versioned = { given, as: 'writer', before: overwritten } as const

const versions: readonly ContractRow[] = [
  {
    op: 'filesVersions',
    ...versioned,
    name: 'rule 18: the current one first',
    send: inUrl('/plan b.txt'),
    want: (scene) => ({
      status: 200,
      body: [
        { version: (id) => id === scene.kept.newest, content: { size: 5 }, type: 'full' },
        { version: first(scene), content: { size: 4 } },
      ],
    }),
  },
  {
    op: 'filesVersions',
    ...versioned,
    name: 'a page',
    send: inUrl('/plan b.txt', { skip: 1, limit: 1 }),
    want: (scene) => ({ status: 200, body: [{ version: first(scene) }] }),
  },
  {
    op: 'filesVersions',
    ...versioned,
    name: 'of a folder',
    send: inUrl('/docs'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesVersions',
    ...versioned,
    name: 'a limit that is none',
    send: inUrl('/plan b.txt', { limit: 'x' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesVersionsToUpdate',
    ...versioned,
    name: 'rule 18: what a client lacks, the current one last',
    send: (scene) => ({ query: { path: scene.path('/plan b.txt'), version: first(scene) } }),
    want: (scene) => ({ status: 200, body: [{ version: (id) => id === scene.kept.newest }] }),
  },
  {
    op: 'filesVersionsToUpdate',
    ...versioned,
    name: 'a version that it never had',
    send: (scene) => ({ query: { path: scene.path('/plan b.txt'), version: 999_999_999 } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesVersionsToUpdate',
    ...versioned,
    name: 'no version',
    send: (scene) => ({ query: { path: scene.path('/plan b.txt') } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesRestore',
    ...versioned,
    name: 'an old version is the newest again',
    send: (scene) => at('/plan b.txt', { version: first(scene) })(scene),
    want: (scene) => ({
      status: 200,
      body: { bytes: 4, version: (id) => Number(id) > Number(scene.kept.newest) },
      events: ['file.version-created'],
    }),
    then: async (scene) => {
      const { body } = await scene.call('filesVersions', 'reader', inUrl('/plan b.txt')(scene))
      const [newest] = body as { restored_timestamp?: number }[]
      if (!newest?.restored_timestamp) throw new Error(JSON.stringify(body))
    },
  },
  {
    op: 'filesRestore',
    ...versioned,
    name: 'a version that it never had',
    send: at('/plan b.txt', { version: 999_999_999 }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesRestore',
    ...versioned,
    as: 'reader',
    name: 'who may not overwrite',
    send: (scene) => at('/plan b.txt', { version: first(scene) })(scene),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'filesRestore',
    ...versioned,
    name: 'no version',
    send: at('/plan b.txt'),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesGet',
    ...versioned,
    name: 'the bytes of an old version',
    send: (scene) => inUrl('/plan b.txt', { version: first(scene) })(scene),
    want: (scene) => ({ status: 200, body: { version: first(scene), size: 4 } }),
    then: async (_scene, { body }) => {
      const text = await (await fetch((body as { url: string }).url)).text()
      if (text !== 'beta') throw new Error(text)
    },
  },
  {
    op: 'metadata',
    ...versioned,
    name: 'of an old version',
    send: (scene) => inUrl('/plan b.txt', { version: first(scene) })(scene),
    want: (scene) => ({ status: 200, body: { version: first(scene), bytes: 4 } }),
  },
]

const marked = async (scene: Scene) => {
  await scene.call('fileopsSetFavorite', 'reader', at('/plan b.txt')(scene))
}
const paths =
  (scene: Scene, ...wanted: string[]): Expected =>
  (value: unknown) => {
    const all = (value as { path: string }[]).map(({ path }) => path)
    const here = all.filter((path) => path.startsWith(`${scene.path('/')}/`))
    return JSON.stringify(here) === JSON.stringify(wanted.map((path) => scene.path(path)))
  }

const favorites: readonly ContractRow[] = [
  {
    op: 'fileopsSetFavorite',
    given,
    as: 'reader',
    name: 'set',
    send: at('/plan b.txt', { favorite: true }),
    want: { status: 200, body: { is_favorite: true } },
  },
  {
    op: 'fileopsSetFavorite',
    given,
    as: 'reader',
    name: 'turned around without a word',
    before: marked,
    send: at('/plan b.txt'),
    want: { status: 200, body: { is_favorite: false } },
  },
  {
    op: 'fileopsSetFavorite',
    given,
    as: 'reader',
    name: 'what is not there',
    send: at('/never'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsSetFavorite',
    given,
    as: 'reader',
    name: 'no path',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesFavorites',
    given,
    as: 'reader',
    name: 'the own ones',
    before: marked,
    send: { query: { offset: 0, limit: 0 } },
    want: (scene) => ({ status: 200, body: paths(scene, '/plan b.txt') }),
  },
  {
    op: 'filesFavorites',
    given,
    as: 'writer',
    name: 'a limit that is none',
    send: { query: { limit: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesSearch',
    given,
    as: 'reader',
    name: 'by a part of the name, everywhere',
    send: { body: { query: 'PLAN', type: 'document' } },
    want: (scene) => ({
      status: 200,
      body: { content: paths(scene, '/docs/plan a.txt', '/plan b.txt'), is_last_page: true },
    }),
  },
  {
    op: 'filesSearch',
    given,
    as: 'reader',
    name: 'pictures only',
    send: { body: { query: 'plan', type: 'image', offset: 0, limit: 5 } },
    want: { status: 200, body: { content: [], is_last_page: true } },
  },
  {
    op: 'filesSearch',
    given,
    as: 'reader',
    name: 'nothing asked for',
    send: { body: { query: '' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]

export const versionRows: readonly ContractRow[] = [...versions, ...favorites]
