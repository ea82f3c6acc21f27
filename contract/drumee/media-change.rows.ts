import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { inAllEncodings } from './encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/deep': 'folder',
  '/other': 'folder',
  '/other/a.txt': { file: 'another' },
  '/sub': 'room',
} as const

const call = (values: (scene: Scene) => object) => (scene: Scene) => ({
  body: { hub_id: scene.id('/'), ...values(scene) },
})
const cookieOf = (scene: Scene) => `regsid=${scene.kept.sid}`

async function signInAsWriter(scene: Scene): Promise<void> {
  const { password } = await import('../scene.ts')
  const response = await fetch(`${scene.url}/-/svc/yp.login`, {
    method: 'POST',
    body: JSON.stringify({ vars: { ident: 'writer', password } }),
  })
  const cookie = response.headers.get('set-cookie') ?? ''
  scene.kept.sid = /^regsid=([^;]+)/.exec(cookie)?.[1]
}

const makeDir: readonly ContractRow[] = [
  ...inAllEncodings({
    op: 'media.make_dir',
    name: 'makes a folder',
    as: 'writer',
    given,
    values: (scene) => ({ hub_id: scene.id('/'), pid: scene.id('/docs'), dirname: 'Neü + 1' }),
    want: (scene) => ({
      status: 200,
      body: {
        __ack__: 'media.make_dir',
        data: {
          filename: 'Neü + 1',
          category: 'folder',
          pid: scene.id('/docs'),
          hub_id: scene.id('/'),
          filepath: scene.path('/docs/Neü + 1'),
          owner_id: userCode(scene.userId('writer')),
        },
      },
      events: ['folder.created'],
    }),
  }),
  {
    op: 'media.make_dir',
    name: 'makes the folders of a path in the hub',
    as: 'writer',
    send: call(() => ({ ownpath: '/x/y' })),
    want: (scene) => ({
      status: 200,
      body: { data: { ownpath: '/x/y', filepath: scene.path('/x/y') } },
      events: ['folder.created', 'folder.created'],
    }),
  },
  {
    op: 'media.make_dir',
    name: 'in the own hub, which needs no name',
    as: 'writer',
    send: (scene) => ({ body: { dirname: scene.path('/').slice(1) + ' mine' } }),
    want: (scene) => ({
      status: 200,
      body: { data: { area: 'personal', hub_id: userCode(scene.userId('writer')), privilege: 63 } },
      events: ['folder.created'],
    }),
  },
  {
    op: 'media.make_dir',
    name: 'a taken name, in any case',
    as: 'writer',
    given,
    send: call(() => ({ dirname: 'DOCS' })),
    want: { status: 409, code: 'FILENAME_EXISTS' },
  },
  {
    op: 'media.make_dir',
    name: 'a name that cannot be',
    as: 'writer',
    send: call(() => ({ dirname: 'a/b' })),
    want: { status: 400, code: 'INVALID_FILENAME' },
  },
  {
    op: 'media.make_dir',
    name: 'no name',
    as: 'writer',
    send: call(() => ({})),
    want: { status: 412, code: 'VARIABLE **dirname** IS MANDATORY' },
  },
  {
    op: 'media.make_dir',
    name: 'a reader may not',
    as: 'reader',
    send: call(() => ({ dirname: 'x' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.make_dir',
    name: "another organisation's hub is not there",
    as: 'stranger',
    send: call(() => ({ dirname: 'x' })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.make_dir',
    name: 'nobody may not',
    as: null,
    send: call(() => ({ dirname: 'x' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

const sessions: readonly ContractRow[] = [
  {
    op: 'media.make_dir',
    name: 'the cookie alone changes nothing by GET',
    as: null,
    before: signInAsWriter,
    send: (scene) => ({
      method: 'GET',
      query: { hub_id: scene.id('/'), dirname: 'x' },
      headers: { cookie: cookieOf(scene) },
    }),
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'online' } },
  },
  {
    op: 'media.make_dir',
    name: 'the cookie counts by POST from the own origin',
    as: null,
    before: signInAsWriter,
    send: (scene) => ({
      body: { hub_id: scene.id('/'), dirname: 'x' },
      headers: { cookie: `other=1; ${cookieOf(scene)}`, origin: scene.url },
    }),
    want: { status: 200, events: ['folder.created'] },
  },
  {
    op: 'media.make_dir',
    name: 'the cookie does not count for a page of another site',
    as: null,
    before: signInAsWriter,
    send: (scene) => ({
      body: { hub_id: scene.id('/'), dirname: 'x' },
      headers: { cookie: cookieOf(scene), origin: 'https://elsewhere.example' },
    }),
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline' } },
  },
  {
    op: 'media.make_dir',
    name: 'a session in the query is none',
    as: null,
    before: signInAsWriter,
    send: (scene) => ({
      query: { hub_id: scene.id('/'), dirname: 'x', regsid: String(scene.kept.sid) },
    }),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.make_dir',
    name: 'a Bearer session counts',
    as: null,
    before: signInAsWriter,
    send: (scene) => ({
      body: { hub_id: scene.id('/'), dirname: 'x' },
      headers: { authorization: `Bearer ${scene.kept.sid}` },
    }),
    want: { status: 200, events: ['folder.created'] },
  },
]

const renaming: readonly ContractRow[] = [
  {
    op: 'media.rename',
    name: 'a file keeps its ending',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs/a.txt'), filename: 'omega' })),
    want: {
      status: 200,
      body: { data: { filename: 'omega', ext: 'txt', ownpath: '/docs/omega.txt' } },
      events: ['node.renamed'],
    },
  },
  {
    op: 'media.rename',
    name: 'the whole name is taken as it is',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs/a.txt'), filename: 'omega.txt' })),
    want: {
      status: 200,
      body: { data: { filename: 'omega', ext: 'txt', ownpath: '/docs/omega.txt' } },
      events: ['node.renamed'],
    },
  },
  {
    op: 'media.rename',
    name: 'a folder',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), filename: 'v1.2' })),
    want: {
      status: 200,
      body: { data: { filename: 'v1.2', ext: '' } },
      events: ['node.renamed'],
    },
  },
  {
    op: 'media.rename',
    name: 'a taken name',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), filename: 'other' })),
    want: { status: 409, code: 'FILENAME_EXISTS' },
  },
  {
    op: 'media.rename',
    name: 'an empty name',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs/a.txt'), filename: '' })),
    want: { status: 400, code: 'INVALID_FILENAME' },
  },
  {
    op: 'media.rename',
    name: 'needs a name',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs') })),
    want: { status: 412, code: 'VARIABLE **filename** IS MANDATORY' },
  },
  {
    op: 'media.rename',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), filename: 'x' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

export const mediaChangeRows: readonly ContractRow[] = [...makeDir, ...sessions, ...renaming]

/** Moving, copying, trash. */
export const mediaPlaceRows: readonly ContractRow[] = [
  {
    op: 'media.move',
    name: 'moves; a taken name is numbered',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt')], pid: scene.id('/other') })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [{ id: scene.id('/docs/a.txt'), pid: scene.id('/other'), filename: 'a (1)' }],
      },
      events: ['node.moved'],
    }),
  },
  {
    op: 'media.move_all',
    name: 'several, named by hub and node',
    as: 'writer',
    given,
    send: (scene) => ({
      body: {
        nodes: [{ nid: '/docs/a.txt', hub_id: scene.id('/') }, scene.id('/docs/deep')],
        dest_id: '/sub',
        recipient_id: scene.id('/'),
      },
    }),
    want: {
      status: 200,
      body: { data: [{ ownpath: '/sub/a.txt' }, { ownpath: '/sub/deep' }] },
      events: ['node.moved', 'node.moved'],
    },
  },
  {
    op: 'media.move',
    name: 'not into itself',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), pid: scene.id('/docs/deep') })),
    want: { status: 400, code: 'CIRCULAR_REF' },
  },
  {
    op: 'media.move',
    name: 'not into a file',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), pid: scene.id('/other/a.txt') })),
    want: { status: 400, code: 'DESTINATION_IS_NOT_DIRECTORY' },
  },
  {
    op: 'media.move',
    name: 'needs a destination',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs') })),
    want: { status: 412, code: 'VARIABLE **pid** IS MANDATORY' },
  },
  {
    op: 'media.move',
    name: 'all or none',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt'), 'a0000000000fffff'], pid: '/other' })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.move',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: call((scene) => ({ nid: scene.id('/docs/a.txt'), pid: '/other' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.copy',
    name: 'a reader copies into his own hub',
    as: 'reader',
    given,
    send: (scene) => ({
      body: {
        hub_id: scene.id('/'),
        nid: scene.id('/docs'),
        pid: '0',
        recipient_id: userCode(scene.userId('reader')),
      },
    }),
    want: {
      status: 200,
      body: { data: [{ area: 'personal', privilege: 63, filename: 'docs' }] },
      events: ['node.copied'],
    },
  },
  {
    op: 'media.copy_all',
    name: 'beside itself, with a number',
    as: 'writer',
    given,
    send: call((scene) => ({ list: scene.id('/docs/a.txt'), dest_id: scene.id('/docs') })),
    want: {
      status: 200,
      body: { data: [{ ownpath: '/docs/a (1).txt', filesize: 5 }] },
      events: ['node.copied'],
    },
  },
  {
    op: 'media.copy',
    name: "not into somebody else's hub",
    as: 'reader',
    given,
    send: (scene) => ({
      body: {
        nid: scene.id('/docs'),
        pid: '0',
        recipient_id: userCode(scene.userId('writer')),
      },
    }),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.trash',
    name: 'puts files and folders into the trash',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt'), scene.id('/other')] })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          { nid: scene.id('/docs/a.txt'), filename: 'a', status: 'deleted' },
          { nid: scene.id('/other'), category: 'folder', hub_id: scene.id('/') },
        ],
      },
      events: ['node.deleted', 'node.deleted'],
    }),
  },
  {
    op: 'media.trash',
    name: 'a room knows no trash and stays',
    as: 'manager',
    given,
    send: call((scene) => ({ nid: scene.id('/sub') })),
    want: { status: 403, code: '_delete_hub' },
  },
  {
    op: 'media.trash',
    name: 'nor does a hub',
    as: 'manager',
    send: (scene) => ({ body: { nid: scene.id('/') } }),
    want: { status: 403, code: '_delete_hub' },
  },
  {
    op: 'media.trash',
    name: 'needs a node',
    as: 'writer',
    send: call(() => ({ nid: '' })),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    op: 'media.trash',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: call((scene) => ({ nid: scene.id('/docs') })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]
