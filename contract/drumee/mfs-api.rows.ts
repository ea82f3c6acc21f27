import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene, Send } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/other': 'folder',
} as const

const token = (values: object = {}) => {
  return (scene: Scene) => ({ body: { hub_id: scene.id('/'), nid: scene.id('/docs'), ...values } })
}

/** A token of the manager for /docs, in `kept.token`. */
const madeToken = (values: object = {}) => {
  return async (scene: Scene) => {
    const made = await scene.call('mfs_api.create_token', 'manager', token(values)(scene))
    scene.kept.token = (made.body as { data: { token: string } }).data.token
  }
}

const withToken =
  (send: (scene: Scene) => Send) =>
  (scene: Scene): Send => ({
    ...send(scene),
    headers: { 'x-param-mfs-token': String(scene.kept.token) },
  })

const isToken = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)

const making: readonly ContractRow[] = [
  {
    op: 'mfs_api.create_token',
    name: 'makes a token for a day',
    as: 'manager',
    given,
    send: token({ permission: 3 }),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          status: 'ok',
          token: isToken,
          hub_id: scene.id('/'),
          node_id: scene.id('/docs'),
          expiry_time: (at: unknown) => Math.abs(Number(at) - Date.now() / 1000 - 86_400) < 60,
        },
      },
      events: ['export.created'],
    }),
  },
  {
    op: 'mfs_api.create_token',
    name: 'makes one without an end',
    as: 'manager',
    given,
    send: token({ expiry_hours: '0' }),
    want: {
      status: 200,
      body: { data: { status: 'ok', expiry_time: 0 } },
      events: ['export.created'],
    },
  },
  ...[0, 64, 1].map(
    (permission): ContractRow => ({
      op: 'mfs_api.create_token',
      name: `permission ${permission} is told in the data`,
      as: 'manager',
      given,
      send: token({ permission }),
      want: { status: 200, body: { data: { status: 'error', error: 'invalid_permission' } } },
    }),
  ),
  ...[-1, 8761].map(
    (hours): ContractRow => ({
      op: 'mfs_api.create_token',
      name: `${hours} hours are told in the data`,
      as: 'manager',
      given,
      send: token({ expiry_hours: hours }),
      want: { status: 200, body: { data: { status: 'error', error: 'invalid_expiry' } } },
    }),
  ),
  {
    op: 'mfs_api.create_token',
    name: 'a writer may not',
    as: 'writer',
    given,
    send: token(),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'mfs_api.create_token',
    name: 'a node that is not there',
    as: 'manager',
    send: (scene) => ({ body: { hub_id: scene.id('/'), nid: 'a0000000000fffff' } }),
    want: { status: 404, code: 'HUB_NOT_FOUND' },
  },
  {
    op: 'mfs_api.create_token',
    name: 'needs a node',
    as: 'manager',
    send: (scene) => ({ body: { hub_id: scene.id('/') } }),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    op: 'mfs_api.create_token',
    name: 'a token makes no token',
    as: null,
    given,
    before: madeToken({ permission: 31 }),
    send: withToken(token()),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

const using: readonly ContractRow[] = [
  {
    op: 'media.show_node_by',
    name: 'the token lists its node, which is its root',
    as: null,
    given,
    before: madeToken(),
    send: withToken(() => ({ body: {} })),
    want: {
      status: 200,
      body: { __status__: 'token', data: [{ filename: 'a', privilege: 3, pid: isNodeId }] },
    },
  },
  {
    op: 'media.show_node_by',
    name: "named by the maker's hub it is the same",
    as: null,
    given,
    before: madeToken(),
    send: withToken((scene) => ({ body: { hub_id: userCode(scene.userId('manager')), nid: 0 } })),
    want: { status: 200, body: { data: [{ filename: 'a' }] } },
  },
  {
    op: 'media.orig',
    name: 'the token reads files',
    as: null,
    given,
    before: madeToken(),
    send: withToken((scene) => ({ body: { nid: scene.id('/docs/a.txt') } })),
    want: { status: 200, body: 'alpha' },
  },
  {
    op: 'media.get_node_attr',
    name: 'the token sees nothing outside',
    as: null,
    given,
    before: madeToken(),
    send: withToken((scene) => ({ body: { nid: scene.id('/other') } })),
    want: { status: 404, code: 'NODE_NOT_FOUND', body: { __status__: 'token' } },
  },
  {
    op: 'media.make_dir',
    name: 'a token to read does not write',
    as: null,
    given,
    before: madeToken(),
    send: withToken((scene) => ({ body: { nid: scene.id('/docs'), dirname: 'x' } })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.make_dir',
    name: 'a token to write does, by GET too',
    as: null,
    given,
    before: madeToken({ permission: 7 }),
    send: withToken(() => ({ method: 'GET', query: { dirname: 'x' } })),
    want: (scene) => ({
      status: 200,
      body: { data: { pid: scene.id('/docs') } },
      events: ['folder.created'],
    }),
  },
  {
    op: 'media.orig',
    name: 'a revoked token is none',
    as: null,
    given,
    before: async (scene) => {
      await madeToken()(scene)
      await scene.call('mfs_api.revoke', 'manager', { body: { token: scene.kept.token } })
    },
    send: withToken((scene) => ({ body: { nid: scene.id('/docs/a.txt') } })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'drumate.get_profile',
    name: 'a token has no profile',
    as: null,
    given,
    before: madeToken(),
    send: withToken(() => ({})),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

const listing: readonly ContractRow[] = [
  {
    op: 'mfs_api.list',
    name: 'what the caller made',
    as: 'manager',
    given,
    before: madeToken(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          status: 'ok',
          tokens: (rows: unknown) =>
            (rows as { token: string; node_id: string; status: string }[]).some(
              (row) =>
                row.token === scene.kept.token &&
                row.node_id === scene.id('/docs') &&
                row.status === 'active',
            ),
        },
      },
    }),
  },
  {
    op: 'mfs_api.list',
    name: 'nothing of others',
    as: 'writer',
    want: { status: 200, body: { data: { status: 'ok', tokens: [], count: 0 } } },
  },
  {
    op: 'mfs_api.list',
    name: 'nobody has none',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'mfs_api.revoke',
    name: 'ends a token',
    as: 'manager',
    given,
    before: madeToken(),
    send: (scene) => ({ body: { token: scene.kept.token } }),
    want: (scene) => ({
      status: 200,
      body: { data: { status: 'ok', node_id: scene.id('/docs'), hub_id: scene.id('/') } },
      events: ['export.revoked'],
    }),
  },
  {
    op: 'mfs_api.revoke',
    name: 'not one of somebody else',
    as: 'writer',
    given,
    before: madeToken(),
    send: (scene) => ({ body: { token: scene.kept.token } }),
    want: { status: 200, body: { data: { status: 'error', error: 'unauthorized' } } },
  },
  {
    op: 'mfs_api.revoke',
    name: 'an unknown one is told the same',
    as: 'manager',
    send: { body: { token: 'f'.repeat(32) } },
    want: { status: 200, body: { data: { status: 'error', error: 'unauthorized' } } },
  },
  {
    op: 'mfs_api.revoke',
    name: 'needs a token',
    as: 'manager',
    want: { status: 412, code: 'VARIABLE **token** IS MANDATORY' },
  },
]

function isNodeId(value: unknown): boolean {
  return typeof value === 'string' && /^a0[0-9a-f]{14}$/.test(value)
}

export const mfsApiRows: readonly ContractRow[] = [...making, ...using, ...listing]
