import type { ContractRow, Scene } from '../row.ts'

export const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

/** Deletes nodes of the scene and keeps the names that they have in the bin. */
export const deleting =
  (...paths: string[]) =>
  async (scene: Scene) => {
    for (const path of paths) {
      await scene.call('fileopsDelete', 'writer', { body: { path: scene.path(path) } })
      scene.kept[path] = `${path.slice(path.lastIndexOf('/') + 1)}_${scene.nodeId(path)}`
    }
  }
export const binOf = (scene: Scene, path: string) => String(scene.kept[path])
export const inBin = { given, as: 'writer', before: deleting('/docs/a.txt', '/b.txt') } as const
const roomPath =
  (path = '/') =>
  (scene: Scene) => ({ params: { path: scene.path(path) } })
const back =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ params: { name: binOf(scene, path), ...more }, body: {} })
export const isTask = (value: unknown) => typeof value === 'string' && value.length > 20
const wanted = { status: 200, body: { taskid: isTask }, events: ['node.restored'] } as const
const metaIs = (path: string, code: number) => async (scene: Scene) => {
  const { status } = await scene.call('metadata', 'writer', roomPath(path)(scene))
  if (status !== code) throw new Error(`${path}: ${status}`)
}

const listing: readonly ContractRow[] = [
  {
    op: 'trashFromShared',
    ...inBin,
    name: 'what was deleted in the room',
    send: roomPath(),
    want: (scene) => ({
      status: 200,
      headers: { etag: /^"[0-9a-f]{32}"$/ },
      body: {
        content: [
          {
            name: binOf(scene, '/docs/a.txt'),
            restore_path: scene.path('/docs/a.txt'),
            bytes: 5,
            deleted: true,
            is_in_trash: true,
          },
          { name: binOf(scene, '/b.txt') },
        ],
        is_last_page: true,
      },
    }),
  },
  {
    op: 'trashFromShared',
    ...inBin,
    name: 'a page, and only what was below a folder',
    send: (scene) => ({ ...roomPath('/docs')(scene), query: { limit: 1, order_by: '-name' } }),
    want: (scene) => ({
      status: 200,
      body: { content: [{ name: binOf(scene, '/docs/a.txt') }], is_last_page: true },
    }),
  },
  {
    op: 'trashFromShared',
    ...inBin,
    name: 'folders only',
    send: (scene) => ({ ...roomPath()(scene), query: { dirs_only: 1 } }),
    want: { status: 200, body: { content: [], is_last_page: true } },
  },
  {
    op: 'trash',
    as: 'writer',
    name: 'unchanged',
    before: async (scene) => {
      const headers = await writerHeaders(scene)
      const response = await fetch(`${scene.url}/api/1/trash/`, { headers })
      scene.kept.etag = response.headers.get('etag')
    },
    send: (scene) => ({ headers: { 'if-none-match': String(scene.kept.etag) } }),
    want: { status: 304 },
  },
  {
    op: 'trashFromShared',
    ...inBin,
    before: async (scene) => {
      await inBin.before(scene)
      const { status, body } = await scene.call('trashFromShared', 'writer', roomPath()(scene))
      scene.kept.listing = { status, body }
      const response = await fetch(
        `${scene.url}/api/1/trash/from_shared${scene.path('/').replaceAll(' ', '%20')}`,
        { headers: await writerHeaders(scene) },
      )
      scene.kept.etag = response.headers.get('etag')
    },
    name: 'unchanged',
    send: (scene) => ({
      ...roomPath()(scene),
      headers: { 'if-none-match': String(scene.kept.etag) },
    }),
    want: { status: 304 },
  },
  {
    op: 'trashFromShared',
    ...inBin,
    as: 'reader',
    name: 'who may not read the bin',
    send: roomPath(),
    want: { status: 403, code: 'ShareForbidden' },
  },
  {
    op: 'trashFromShared',
    ...inBin,
    as: 'member',
    name: 'who does not see the room',
    send: roomPath(),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'trashFromShared',
    ...inBin,
    name: 'a limit that is none',
    send: (scene) => ({ ...roomPath()(scene), query: { limit: -1 } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'trash',
    ...inBin,
    name: 'of the own home: what was deleted elsewhere is not there',
    before: async (scene) => {
      await inBin.before(scene)
      const path = `/mine ${scene.nodeId('/')}`
      await scene.call('fileopsFolderCreate', 'writer', { body: { path } })
      await scene.call('fileopsDelete', 'writer', { body: { path } })
      scene.kept.mine = path
    },
    send: { query: { order_by: '-modified_time', dirs_only: true } },
    want: (scene) => ({
      status: 200,
      headers: { etag: /^"[0-9a-f]{32}"$/ },
      body: {
        content: (value) =>
          (value as { restore_path: string }[])[0]?.restore_path === scene.kept.mine,
      },
    }),
  },
  {
    op: 'trash',
    as: 'writer',
    name: 'an offset that is none',
    send: { query: { offset: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  { op: 'trash', as: null, name: 'nobody', want: { status: 401, code: 'Unauthorized' } },
]

const writerHeaders = async (scene: Scene) => {
  const { body } = await scene.call('accountsLogin', null, {
    body: { login: 'writer', password: 'correct-horse-battery' },
  })
  return { 'mountbit-auth': (body as { token: string }).token }
}

const again = async (scene: Scene) => {
  await deleting('/b.txt')(scene)
  const body = { path: scene.path('/B.txt') }
  await scene.call('fileopsFolderCreate', 'writer', { body })
}

const restoring: readonly ContractRow[] = [
  {
    op: 'trashRestore',
    ...inBin,
    name: 'where it was, under its id',
    send: back('/docs/a.txt'),
    want: wanted,
    then: metaIs('/docs/a.txt', 200),
  },
  {
    op: 'trashRestore',
    ...inBin,
    name: 'its folder is gone: into the room',
    before: deleting('/docs/a.txt', '/docs'),
    send: back('/docs/a.txt'),
    want: wanted,
  },
  ...['trashRestore', 'trashRestoreSeveral', 'trashRestoreFromShared'].map(
    (op): ContractRow => ({
      op,
      ...inBin,
      name: 'rule 5: overwrite=false is 403 where the name is taken',
      before: again,
      send: (scene) => ({
        params: { name: binOf(scene, '/b.txt'), path: scene.path('/') },
        body: {
          overwrite: 0,
          ...(op === 'trashRestoreSeveral' && { paths: [binOf(scene, '/b.txt')] }),
        },
      }),
      want: { status: 403, code: 'FileAlreadyExists' },
    }),
  ),
  {
    op: 'trashRestore',
    ...inBin,
    name: 'what is not in the bin',
    before: undefined,
    send: (scene) => ({ params: { name: `b.txt_${scene.nodeId('/b.txt')}` }, body: {} }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'trashRestore',
    ...inBin,
    name: 'a name that the bin does not give',
    send: { params: { name: 'b.txt' }, body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'trashRestore',
    ...inBin,
    as: 'reader',
    name: 'who may not restore',
    send: back('/b.txt'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'trashRestoreSeveral',
    ...inBin,
    name: 'two at once',
    send: (scene) => ({ body: { paths: [binOf(scene, '/docs/a.txt'), binOf(scene, '/b.txt')] } }),
    want: { status: 200, body: { taskid: isTask }, events: ['node.restored', 'node.restored'] },
    then: async (scene, { body }) => {
      await metaIs('/b.txt', 200)(scene)
      const params = { taskid: (body as { taskid: string }).taskid }
      const task = await scene.call('task', 'writer', { params })
      const { progress } = task.body as { progress: unknown }
      if (progress !== 'done') throw new Error(JSON.stringify(task.body))
    },
  },
  {
    op: 'trashRestoreSeveral',
    ...inBin,
    name: 'all or none',
    send: (scene) => ({ body: { paths: [binOf(scene, '/b.txt'), 'x_999999999'] } }),
    want: { status: 404, code: 'FileNotFound' },
    then: metaIs('/b.txt', 404),
  },
  {
    op: 'trashRestoreSeveral',
    ...inBin,
    as: 'reader',
    name: 'who may not restore',
    send: (scene) => ({ body: { paths: [binOf(scene, '/b.txt')] } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'trashRestoreSeveral',
    ...inBin,
    name: 'no names',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'trashRestoreFromShared',
    ...inBin,
    name: 'out of the bin of the room',
    send: (scene) => back('/b.txt', { path: scene.path('/') })(scene),
    want: wanted,
  },
  {
    op: 'trashRestoreFromShared',
    ...inBin,
    as: 'reader',
    name: 'who may not restore',
    send: (scene) => back('/b.txt', { path: scene.path('/') })(scene),
    want: { status: 403, code: 'ShareForbidden' },
  },
  {
    op: 'trashRestoreFromShared',
    ...inBin,
    as: 'member',
    name: 'who does not see the room',
    send: (scene) => back('/b.txt', { path: scene.path('/') })(scene),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'trashRestoreFromShared',
    ...inBin,
    name: 'a name that the bin does not give',
    send: (scene) => ({ params: { name: 'x', path: scene.path('/') }, body: {} }),
    want: { status: 400, code: 'InvalidParameters' },
  },
]

export const trashRows: readonly ContractRow[] = [...listing, ...restoring]
