import { configureRoom } from '../../server/core/permissions/configure-room.ts'
import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/inner': 'folder',
  '/docs/inner/b.txt': { file: 'beta' },
  '/docs/a.html': { file: '<b>alpha</b>' },
} as const

const wholePath = '/docs/inner/b.txt'

const node =
  (path: string, values: object = {}) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: scene.id(path), ...values } })
const unknown = (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: 'a0000000000fffff' } })

const info: readonly ContractRow[] = [
  {
    op: 'media.info',
    name: 'what lies in a folder',
    as: 'reader',
    given,
    send: node('/docs'),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          stats: { nid: scene.id('/docs'), filename: 'docs', filesize: 16 },
          status: 'ready',
          total_size: 16,
          files: 2,
          folders: 1,
        },
      },
    }),
  },
  {
    op: 'media.info',
    name: 'of a file itself',
    as: 'reader',
    given,
    send: node('/docs/inner/b.txt'),
    want: { status: 200, body: { data: { stats: { filename: 'b', filesize: 4 } } } },
  },
  {
    op: 'media.info',
    name: 'of nothing',
    as: 'reader',
    send: unknown,
    want: { status: 404, code: 'FILE_NOT_FOUND' },
  },
  {
    op: 'media.info',
    name: 'nobody is told',
    as: null,
    given,
    send: node('/docs'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.info',
    name: 'needs a node',
    as: 'reader',
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    op: 'media.info',
    name: 'a path is one',
    as: 'reader',
    send: (scene) => ({ body: { hub_id: scene.id('/'), nid: '/a%2/../b\u0000' } }),
    want: { status: 400, code: 'INVALID_DATA' },
  },
]

type Row = { readonly ownpath: string; readonly filepath: string; readonly privilege: number }
const paths = (wanted: readonly string[]) => (data: unknown) =>
  JSON.stringify((data as Row[]).map(({ ownpath }) => ownpath)) === JSON.stringify(wanted)

const manifest: readonly ContractRow[] = [
  {
    op: 'media.manifest',
    name: 'all below a folder, folders before what is in them',
    as: 'reader',
    given,
    send: node('/docs'),
    want: { status: 200, body: { data: paths(['/docs/inner', '/docs/a.html', wholePath]) } },
    then: async (scene, { body }) => {
      const { data } = body as { data: Row[] }
      const last = data.at(-1)
      if (last?.filepath !== scene.path(wholePath) || last.privilege !== 3) {
        throw new Error(`the file is told as ${JSON.stringify(last)}`)
      }
    },
  },
  {
    op: 'media.manifest',
    name: 'of a hub, without the rooms that the caller may not read',
    as: 'reader',
    given: { '/sub': 'room', '/sub/hidden.txt': { file: 'x' }, '/seen.txt': { file: 'y' } },
    before: async (scene) => {
      const room = { id: scene.nodeId('/sub') }
      const adminIds = [scene.userId('admin')]
      await configureRoom(scene.core('manager'), { room, inherit: false, adminIds })
    },
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 200, body: { data: paths(['/seen.txt']) } },
  },
  {
    op: 'media.manifest',
    name: 'not of a file',
    as: 'reader',
    given,
    send: node('/docs/a.html'),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.manifest',
    name: 'of nothing',
    as: 'reader',
    send: unknown,
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.manifest',
    name: 'not for nobody',
    as: null,
    given,
    send: node('/docs'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

const reading: readonly ContractRow[] = [
  {
    op: 'media.read',
    name: 'shows a text in the browser',
    as: 'reader',
    given,
    send: node(wholePath),
    want: { status: 200, body: 'beta', headers: { 'content-disposition': /^inline/ } },
  },
  {
    op: 'media.read',
    name: 'by the short path of the web client, whatever page',
    as: 'reader',
    given,
    send: (scene) => ({ method: 'GET', path: `/-/doc/2/${scene.id(wholePath)}/${scene.id('/')}` }),
    want: { status: 200, body: 'beta' },
  },
  {
    op: 'media.read',
    name: 'what a browser would run is saved instead',
    as: 'reader',
    given,
    send: node('/docs/a.html'),
    want: {
      status: 200,
      headers: { 'content-disposition': /^attachment/, 'content-security-policy': /sandbox/ },
    },
  },
  {
    op: 'media.read',
    name: 'a part',
    as: 'reader',
    given,
    send: (scene) => ({ ...node(wholePath)(scene), headers: { range: 'bytes=1-2' } }),
    want: { status: 206, body: 'et' },
  },
  {
    op: 'media.read',
    name: 'no part behind the end',
    as: 'reader',
    given,
    send: (scene) => ({ ...node(wholePath)(scene), headers: { range: 'bytes=4-' } }),
    want: { status: 416, code: 'RANGE_NOT_SATISFIABLE' },
  },
  {
    op: 'media.read',
    name: 'nothing anew to who knows it',
    as: 'reader',
    given,
    send: (scene) => ({ ...node(wholePath)(scene), headers: { 'if-none-match': '*' } }),
    want: { status: 304, body: undefined },
  },
  {
    op: 'media.read',
    name: 'no folder',
    as: 'reader',
    given,
    send: node('/docs'),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.read',
    name: 'nothing unknown',
    as: 'reader',
    send: unknown,
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.read',
    name: 'nothing to nobody',
    as: null,
    given,
    send: node(wholePath),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.read',
    name: 'needs a node',
    as: 'reader',
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
]

/** What tells of a whole subtree, and files to be shown. */
export const mediaWholeRows: readonly ContractRow[] = [...info, ...manifest, ...reading]
