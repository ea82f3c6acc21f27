import type { ContractRow, Scene } from '../row.ts'
import { inAllEncodings } from './encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/Über.tar.gz': { file: 'archive' },
  '/docs/b.txt': { file: 'beta' },
  '/sub': 'room',
  '/a.pdf': { file: 'alphabet' },
} as const

const inHub =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), ...values } })
const node =
  (path: string, values: object = {}) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: scene.id(path), ...values } })

type Named = { filename: string }
const names = (wanted: readonly string[]) => (data: unknown) =>
  JSON.stringify((data as Named[]).map(({ filename }) => filename)) === JSON.stringify(wanted)

/** Listing, attributes and bytes. */
export const mediaReadRows: readonly ContractRow[] = [
  ...inAllEncodings({
    op: 'media.show_node_by',
    name: 'lists a hub: rooms, folders, files',
    as: 'reader',
    given,
    values: (scene) => ({ hub_id: scene.id('/'), nid: '0', page: 1, echoId: 'a+b c' }),
    want: (scene) => ({
      status: 200,
      body: {
        __ack__: 'media.show_node_by',
        __status__: 'online',
        data: [
          { filename: 'sub', category: 'folder', privilege: 3, echoId: 'a+b c' },
          { filename: 'docs', category: 'folder', filesize: 11, pid: scene.id('/') },
          { filename: 'a', ext: 'pdf', category: 'document', ownpath: '/a.pdf', page: 1, rank: 2 },
        ],
      },
    }),
  }),
  {
    op: 'media.browse',
    name: 'is the same service',
    as: 'reader',
    given,
    send: node('/docs', { sort: 'name', order: 'desc' }),
    want: { status: 200, body: { data: names(['Über', 'b']) } },
  },
  {
    op: 'media.show_node_by',
    name: 'pages',
    as: 'reader',
    given,
    send: node('/docs', { page: 2, pagelength: 1, sort: 'name' }),
    want: { status: 200, body: { data: [{ filename: 'Über', page: 2 }] } },
  },
  {
    op: 'media.show_node_by',
    name: 'a page from 1 on',
    as: 'reader',
    given,
    send: node('/docs', { page: 0 }),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.show_node_by',
    name: 'what is not JSON is said',
    as: 'reader',
    send: { bytes: '{"nid":' },
    want: { status: 400, code: 'INVALID_DATA', body: { data: [], status: 400 } },
  },
  {
    op: 'media.show_node_by',
    name: 'a hub that the caller does not see is not there',
    as: 'member',
    given,
    send: inHub(),
    want: { status: 404, code: 'NODE_NOT_FOUND', body: { __status__: 'online' } },
  },
  {
    op: 'media.show_node_by',
    name: 'nor for another organisation',
    as: 'stranger',
    given,
    send: inHub(),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.show_node_by',
    name: 'nobody sees nothing',
    as: null,
    given,
    send: inHub(),
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline' } },
  },
  {
    op: 'media.get_node_attr',
    name: 'nobody cannot tell whether an id exists',
    as: null,
    send: { body: { nid: 'a0000000000fffff' } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  ...inAllEncodings({
    op: 'media.get_node_attr',
    name: 'by a path in the hub',
    as: 'reader',
    given,
    values: (scene) => ({ hub_id: scene.id('/'), nid: '/docs/Über.tar.gz' }),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          nid: scene.id('/docs/Über.tar.gz'),
          hub_id: scene.id('/'),
          parent_id: scene.id('/docs'),
          filename: 'Über',
          ext: 'tar.gz',
          category: 'archive',
          filepath: scene.path('/docs/Über.tar.gz'),
          ownpath: '/docs/Über.tar.gz',
          parent_path: '/docs',
          area: 'private',
          filesize: 7,
          status: 'active',
        },
      },
    }),
  }),
  {
    op: 'media.node_info',
    name: 'by a path in the own hub, through the hub that stands there',
    as: 'writer',
    given,
    send: (scene) => ({ body: { nid: scene.path('/docs') } }),
    want: (scene) => ({ status: 200, body: { data: { nid: scene.id('/docs'), privilege: 15 } } }),
  },
  {
    op: 'media.attributes',
    name: 'relpath goes on from the node',
    as: 'reader',
    given,
    send: node('/docs', { relpath: 'b.txt' }),
    want: { status: 200, body: { data: { filename: 'b', ext: 'txt', category: 'text' } } },
  },
  {
    op: 'media.get_node_attr',
    name: 'of a list the first counts, with its hub',
    as: 'reader',
    given,
    send: (scene) => ({ body: { nid: [{ nid: '/docs', hub_id: scene.id('/') }, 'x'] } }),
    want: { status: 200, body: { data: { filename: 'docs' } } },
  },
  {
    op: 'media.get_node_attr',
    name: 'a hub is a hub; its owner has 63',
    as: 'manager',
    given,
    send: inHub({ nid: -1 }),
    want: (scene) => ({
      status: 200,
      body: { data: { category: 'hub', id: scene.id('/'), privilege: 63, pid: '0' } },
    }),
  },
  {
    op: 'media.get_node_attr',
    name: 'no id at all',
    as: 'reader',
    send: { body: { nid: 'nonsense' } },
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.orig',
    name: 'streams a file as an attachment',
    as: 'reader',
    given,
    send: (scene) => ({ method: 'GET', query: { nid: scene.id('/docs/b.txt') } }),
    want: {
      status: 200,
      body: 'beta',
      headers: {
        'content-length': '4',
        'accept-ranges': 'bytes',
        'content-disposition': /^attachment; filename="b.txt"/,
        'x-content-type-options': 'nosniff',
        etag: /^"/,
      },
    },
  },
  ...['media.orig', 'media.raw'].flatMap((op): ContractRow[] => [
    {
      op,
      name: 'streams a range',
      as: 'reader',
      given,
      send: (scene) => ({ ...node('/a.pdf')(scene), headers: { range: 'bytes=5-' } }),
      want: { status: 206, body: 'bet', headers: { 'content-range': 'bytes 5-7/8' } },
    },
    {
      op,
      name: 'says where the file ends',
      as: 'reader',
      given,
      send: (scene) => ({ ...node('/a.pdf')(scene), headers: { range: 'bytes=8-' } }),
      want: {
        status: 416,
        code: 'RANGE_NOT_SATISFIABLE',
        headers: { 'content-range': 'bytes */8' },
      },
    },
    {
      op,
      name: 'answers 304 to a known tag',
      as: 'reader',
      given,
      send: (scene) => ({ ...node('/a.pdf')(scene), headers: { 'if-none-match': '*' } }),
      want: { status: 304, body: undefined },
    },
  ]),
  {
    op: 'media.raw',
    name: 'shows what is harmless in the browser',
    as: 'reader',
    given,
    send: node('/a.pdf', { d: 'inline' }),
    want: { status: 200, headers: { 'content-disposition': /^inline/ } },
  },
  {
    op: 'media.orig',
    name: 'by the short path of the web client',
    as: 'reader',
    given,
    send: (scene) => ({
      method: 'GET',
      path: `/-/file/orig/${scene.id('/a.pdf')}/${scene.id('/')}`,
    }),
    want: { status: 200, body: 'alphabet' },
  },
  {
    op: 'media.orig',
    name: 'a folder has no bytes',
    as: 'reader',
    given,
    send: node('/docs'),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'media.orig',
    name: 'needs a node',
    as: 'reader',
    send: inHub(),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    op: 'media.orig',
    name: 'nobody reads nothing',
    as: null,
    given,
    send: node('/a.pdf'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]
