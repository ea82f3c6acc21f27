import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

const call =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), ...values(scene) } })
const nids =
  (...paths: string[]) =>
  (scene: Scene) => ({ nid: paths.map((path) => scene.id(path)) })
const deleted = async (scene: Scene) => {
  await scene.call('media.trash', 'writer', call(nids('/docs/a.txt', '/b.txt'))(scene))
}
const inBin = { given, before: deleted } as const
const never = 'a0000000000fffff'

const show: readonly ContractRow[] = [
  {
    op: 'media.show_bin',
    ...inBin,
    as: 'writer',
    name: 'what was deleted in the hub',
    send: call(() => ({ page: 1 })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          {
            nid: scene.id('/docs/a.txt'),
            filename: 'a',
            hub_id: scene.id('/'),
            status: 'deleted',
            filesize: 5,
          },
          { nid: scene.id('/b.txt'), filename: 'b', ext: 'txt' },
        ],
      },
    }),
  },
  {
    op: 'media.show_bin',
    ...inBin,
    as: 'reader',
    name: 'who may not read the bin',
    send: call(),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.show_bin',
    ...inBin,
    as: 'member',
    name: 'who does not see the hub',
    send: call(),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.show_bin',
    ...inBin,
    as: 'writer',
    name: 'a page that is none',
    send: call(() => ({ page: 'x' })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
]

const into =
  (pid: string, ...paths: string[]) =>
  (scene: Scene) => ({ ...nids(...paths)(scene), pid: scene.id(pid), recipient_id: scene.id('/') })

const restore: readonly ContractRow[] = [
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    name: 'into a folder, under their ids',
    send: call(into('/docs', '/b.txt', '/docs/a.txt')),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          { nid: scene.id('/b.txt'), pid: scene.id('/docs'), status: 'active' },
          { nid: scene.id('/docs/a.txt') },
        ],
      },
      events: ['node.restored', 'node.restored'],
    }),
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    before: async (scene) => {
      await deleted(scene)
      const values = () => ({ dirname: 'b.txt' })
      await scene.call('media.make_dir', 'writer', call(values)(scene))
    },
    name: 'the name is taken',
    send: call(into('/', '/b.txt')),
    want: { status: 409, code: 'FILENAME_EXISTS' },
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'reader',
    name: 'who may not restore',
    send: call(into('/docs', '/b.txt')),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    name: 'what is not in the bin',
    send: call((scene) => ({ nid: never, pid: scene.id('/docs') })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    name: 'into a file',
    before: async (scene) => {
      await scene.call('media.trash', 'writer', call(nids('/docs/a.txt'))(scene))
    },
    send: call(into('/b.txt', '/docs/a.txt')),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    name: 'no target',
    send: call(nids('/b.txt')),
    want: { status: 412, code: 'VARIABLE **pid** IS MANDATORY' },
  },
  {
    op: 'media.restore_into',
    ...inBin,
    as: 'writer',
    name: 'nothing named',
    send: call((scene) => ({ pid: scene.id('/docs') })),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
]

const purge: readonly ContractRow[] = [
  {
    op: 'media.purge',
    ...inBin,
    as: 'manager',
    name: 'some, for good',
    send: call(nids('/b.txt')),
    want: (scene) => ({
      status: 200,
      body: { data: [scene.id('/b.txt')] },
      events: ['node.purged'],
    }),
  },
  {
    op: 'media.purge',
    ...inBin,
    as: 'writer',
    name: 'who may not',
    send: call(nids('/b.txt')),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.purge',
    ...inBin,
    as: 'manager',
    name: 'none named removes none',
    send: call(() => ({ list: [] })),
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'media.purge',
    ...inBin,
    as: 'manager',
    name: 'what is not in the bin',
    send: call(() => ({ nid: never })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.empty_bin',
    ...inBin,
    as: 'manager',
    name: 'everything in the hub',
    send: call(),
    want: {
      status: 200,
      body: { data: { status: 'completed', deleted_count: 2 } },
      events: ['node.purged', 'node.purged'],
    },
  },
  {
    op: 'media.empty_bin',
    ...inBin,
    as: 'writer',
    name: 'who may not',
    send: call(),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.empty_bin',
    ...inBin,
    as: 'member',
    name: 'who does not see the hub',
    send: call(),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

export const mediaBinRows: readonly ContractRow[] = [...show, ...restore, ...purge]
