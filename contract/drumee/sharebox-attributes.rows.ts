import { createLink } from '../../server/core/links/create-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { READ } from '../../server/core/permissions/permission.ts'
import { invite } from '../../server/core/shares/invite.ts'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const
const outbound = { op: 'sharebox.get_outbound_node_attr', as: 'manager', given } as const
const inbound = { op: 'sharebox.get_inbound_node_attr', as: 'reader', given } as const
const one = { op: 'sharebox.get_node_share_attr', as: 'manager', given } as const
const all = [outbound, inbound, one] as const

const docs =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { nid: scene.id('/docs'), hub_id: scene.id('/'), ...values } })
const missing = (name: string) =>
  ({ status: 412, code: `VARIABLE **${name}** IS MANDATORY` }) as const
const bad = { status: 400, code: 'INVALID_DATA' } as const

/** A folder of the member's home, to which the reader is invited, in `kept.folder`. */
const invited = async (scene: Scene) => {
  const name = `shared ${scene.nodeId('/')}`
  const { node } = await createFolder(scene.core('member'), { path: [name] })
  scene.kept.folder = `a0${node.id.toString(16).padStart(14, '0')}`
  const to = { login: 'reader' }
  await invite(scene.core('member'), { node, to, permissions: READ, message: 'Look' })
}

const linked = async (scene: Scene) => {
  const node = { id: scene.nodeId('/docs') }
  const expireAt = Date.now() + 49.5 * 3_600_000
  const link = { kind: 'download', node, expireAt, maxDownloads: 9, notes: 'Hi' } as const
  scene.kept.token = (await createLink(scene.core('manager'), link)).token
}

/** The row of the reader in a list. */
const readersRow = (scene: Scene, expected: object) => (value: unknown) => {
  const id = userCode(scene.userId('reader'))
  const row = (value as { entity_id?: string }[]).find(({ entity_id }) => entity_id === id)
  return Object.entries(expected).every(([key, each]) => Object.is(row?.[key as never], each))
}

export const shareboxAttributeRows: readonly ContractRow[] = [
  {
    ...outbound,
    name: 'an open link',
    before: linked,
    send: docs(),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          {
            nid: scene.id('/docs'),
            hub_id: scene.id('/'),
            entity_id: '*',
            email: '*',
            privilege: 3,
            permission: 3,
            days: 2,
            hours: 2,
            limit: 9,
            share_id: String(scene.kept.token),
            is_link: 1,
            is_share: 0,
            message: 'Hi',
          },
        ],
      },
    }),
  },
  {
    ...outbound,
    name: 'who is in a hub, the caller left out',
    send: (scene) => ({ body: { nid: [{ nid: scene.id('/'), hub_id: scene.id('/') }] } }),
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) =>
          (rows as unknown[]).length === 3 &&
          readersRow(scene, {
            email: 'reader@example.test',
            privilege: 3,
            days: null,
            share_id: null,
            is_share: 1,
            is_link: 0,
          })(rows),
      },
    }),
  },
  {
    ...outbound,
    name: 'who is invited',
    as: 'member',
    before: invited,
    send: (scene) => ({ body: { nid: scene.kept.folder } }),
    want: (scene) => ({
      status: 200,
      body: { data: readersRow(scene, { privilege: 3, message: 'Look', is_share: 1 }) },
    }),
  },
  {
    ...outbound,
    name: 'a link for one address, both ways',
    before: async (scene) => {
      const node = { id: scene.nodeId('/docs') }
      const link = { kind: 'download', node, recipient: 'guest@example.test' } as const
      await createLink(scene.core('manager'), { ...link, takesUploads: true })
    },
    send: docs(),
    want: {
      status: 200,
      body: {
        data: [
          {
            entity_id: 'guest@example.test',
            email: 'guest@example.test',
            privilege: 7,
            is_share: 1,
          },
        ],
      },
    },
  },
  {
    ...outbound,
    name: 'of a node that nobody else has',
    send: docs(),
    want: { status: 200, body: { data: [] } },
  },
  {
    ...inbound,
    name: 'what the caller is invited to',
    before: invited,
    send: (scene) => ({ body: { nid: [scene.kept.folder] } }),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          {
            nid: String(scene.kept.folder),
            owner_id: userCode(scene.userId('member')),
            email: 'member@example.test',
            privilege: 3,
            message: 'Look',
            days: null,
            status: 'receive',
          },
        ],
      },
    }),
  },
  {
    ...inbound,
    name: 'what the caller is in',
    send: docs(),
    want: (scene) => ({
      status: 200,
      body: {
        data: [{ nid: scene.id('/docs'), hub_id: scene.id('/'), privilege: 3, status: 'accept' }],
      },
    }),
  },
  {
    ...one,
    name: 'outbound',
    before: linked,
    send: docs({ option: 'outbound' }),
    want: { status: 200, body: { data: [{ email: '*', is_link: 1 }] } },
  },
  {
    ...one,
    name: 'inbound',
    as: 'reader',
    send: docs({ option: 'inbound' }),
    want: { status: 200, body: { data: [{ privilege: 3, status: 'accept' }] } },
  },
  { ...one, name: 'a word that is none', send: docs({ option: 'both' }), want: bad },
  { ...one, name: 'needs a word', send: docs(), want: missing('option') },
  ...all.flatMap((row): ContractRow[] => [
    {
      ...row,
      name: 'needs a node',
      send: { body: { option: 'outbound' } },
      want: missing('nid'),
    },
    {
      ...row,
      name: 'a node of somebody else',
      as: 'member',
      send: docs({ option: 'outbound' }),
      want: { status: 404, code: 'NODE_NOT_FOUND' },
    },
    {
      ...row,
      name: 'not for nobody',
      as: null,
      send: docs({ option: 'outbound' }),
      want: { status: 403, code: 'PERMISSION_DENIED' },
    },
  ]),
  ...[outbound, one].map(
    (row): ContractRow => ({
      ...row,
      name: 'is for who manages it',
      as: 'writer',
      send: docs({ option: 'outbound' }),
      want: { status: 403, code: 'PERMISSION_DENIED' },
    }),
  ),
  ...[outbound, inbound].map(
    (row): ContractRow => ({
      ...row,
      name: 'a node that is no text',
      send: { body: { nid: [{ nid: { a: 1 } }] } },
      want: bad,
    }),
  ),
]
