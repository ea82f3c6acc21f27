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
    send: (scene) => ({ body: { dirname: `${scene.path('/').slice(1)} mine` } }),
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
    name: 'p is another name of nid',
    as: 'writer',
    given,
    send: call(() => ({ p: '/docs', filename: 'papers' })),
    want: {
      status: 200,
      body: { data: { filename: 'papers' } },
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
