import { nodeCode, userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { ownRefusals, type Sample } from './refusals.ts'

const object = { x: 1 }
const paged = (op: string): Sample => ({ op, bad: { page: 0 } })

const samples: readonly Sample[] = [
  paged('drumate.my_hubs'),
  paged('drumate.hubs'),
  paged('drumate.drumate_hubs'),
  { op: 'drumate.disk_space' },
  paged('drumate.show_login_log'),
  { op: 'drumate.notification_center' },
  { op: 'drumate.notification_remove', bad: { entity_id: object } },
  {
    op: 'drumate.color_add',
    values: { rgba: 'rgba(1,2,3,1)', hexacode: '#010203' },
    needs: ['rgba', 'hexacode'],
    bad: { hexacode: 'x'.repeat(30) },
  },
  { op: 'drumate.color_last' },
  {
    op: 'drumate.font_add',
    values: { fontname: 'Serif' },
    needs: ['fontname'],
    bad: { fontname: 'x'.repeat(300) },
  },
  { op: 'drumate.font_last' },
  paged('drumate.contacts'),
  paged('drumate.my_contacts'),
  { op: 'drumate.get_drumate_detail', values: { id: 'x' }, needs: ['id'], bad: { id: object } },
  paged('drumate.helpdesk'),
  ...['yp.username_exists', 'yp.ident_exists', 'yp.email_exists'].map((op) => ({
    op,
    values: { value: 'x' },
    needs: ['value'],
    bad: { value: object },
  })),
  { op: 'contact.connection_status', bad: { id: object } },
  { op: 'drumate.data_usage' },
]

type Row = Readonly<Record<string, unknown>>
const some = (test: (row: Row) => boolean) => (rows: unknown) => (rows as Row[]).some(test)
const none = (test: (row: Row) => boolean) => (rows: unknown) => !(rows as Row[]).some(test)
const isRoom = (scene: Scene) => (row: Row) => (row.nid ?? row.id) === nodeCode(scene.nodeId('/'))

/** drumate: hubs; few rooms are there, so that all stand on the first page. */
export const ownHubRows: readonly ContractRow[] = [
  {
    op: 'drumate.my_hubs',
    name: 'those that the caller governs',
    as: 'manager',
    want: (scene) => ({
      status: 200,
      body: {
        data: some(
          (row) =>
            isRoom(scene)(row) &&
            row.area === 'private' &&
            row.owner_id === userCode(scene.userId('manager')),
        ),
      },
    }),
  },
  {
    op: 'drumate.my_hubs',
    name: 'not those of which he is only a member',
    as: 'writer',
    want: (scene) => ({ status: 200, body: { data: none(isRoom(scene)) } }),
  },
  ...(['drumate.hubs', 'drumate.drumate_hubs'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'every hub that the caller sees',
      as: 'reader',
      want: (scene) => ({
        status: 200,
        body: { data: some((row) => isRoom(scene)(row) && row.area === 'private') },
      }),
    }),
  ),
  {
    op: 'drumate.hubs',
    name: 'no other',
    as: 'member',
    want: (scene) => ({ status: 200, body: { data: none(isRoom(scene)) } }),
  },
]

/** drumate: what the caller has. */
export const ownListRows: readonly ContractRow[] = [
  ...samples.flatMap(ownRefusals),
  {
    op: 'drumate.disk_space',
    name: 'every file and folder of the own hub, with sizes',
    as: 'member',
    before: async (scene) => {
      const name = `s${scene.nodeId('/')}`
      const data = { filename: `${name}.tar.gz`, ownpath: `/${name}` }
      const headers = { 'x-param-xia-data': encodeURI(JSON.stringify(data)) }
      await scene.call('media.make_dir', 'member', { body: { dirname: name } })
      await scene.call('media.upload', 'member', { bytes: 'x'.repeat(700), headers })
    },
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) => {
          const name = `s${scene.nodeId('/')}`
          const folder = some((row) => row.filename === name && row.category === 'folder')
          const file = some(
            (row) => row.filename === name && row.filesize === 700 && row.ext === 'tar.gz',
          )
          return folder(rows) && file(rows)
        },
      },
    }),
  },
  {
    op: 'drumate.show_login_log',
    name: 'the latest sign-in first, with its device',
    as: 'reader',
    before: async (scene) => {
      const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
      const vars = { ident: 'reader', password: 'correct-horse-battery' }
      const send = { body: { vars }, headers: { 'user-agent': agent } }
      await scene.call('yp.login', null, send)
    },
    want: {
      status: 200,
      body: {
        data: (rows: unknown) => {
          const [first] = rows as Row[]
          const { family } = (first?.device ?? {}) as { family?: string }
          const isThere = first?.outtime === null && first.status === 'active'
          return isThere && family === 'Linux/Firefox/128.0' && Number(first?.intime) > 1e9
        },
      },
    },
  },
  {
    op: 'drumate.show_login_log',
    name: 'a page beyond the last is empty',
    as: 'reader',
    send: { body: { page: 99 } },
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'drumate.notification_center',
    name: 'files that others brought, rolled up by hub',
    as: 'reader',
    given: { '/a.txt': { file: 'a' }, '/b.txt': { file: 'b' } },
    want: (scene) => ({
      status: 200,
      body: {
        data: some(
          (row) =>
            row.hub_id === nodeCode(scene.nodeId('/')) &&
            row.cnt === 2 &&
            row.count === 2 &&
            row.category === 'media' &&
            row.entity_id === row.hub_id &&
            row.author_id === userCode(scene.userId('admin')),
        ),
      },
    }),
  },
  {
    op: 'drumate.notification_remove',
    name: 'one hub is seen',
    as: 'reader',
    given: { '/a.txt': { file: 'a' } },
    send: (scene) => ({ body: { entity_id: scene.id('/') } }),
    want: { status: 200, body: { data: { ok: 1 } } },
    then: async (scene) => {
      const { body } = await scene.call('drumate.notification_center', 'reader', {})
      const rows = (body as { data: Row[] }).data
      const isGone = none((row) => row.hub_id === nodeCode(scene.nodeId('/')))(rows)
      if (!isGone || rows.length === 0) throw new Error(JSON.stringify(rows))
    },
  },
  {
    op: 'drumate.notification_remove',
    name: 'everything is seen',
    as: 'reader',
    given: { '/a.txt': { file: 'a' } },
    want: { status: 200, body: { data: { ok: 1 } } },
    then: async (scene) => {
      const { body } = await scene.call('drumate.notification_center', 'reader', {})
      if ((body as { data: Row[] }).data.length > 0) throw new Error(JSON.stringify(body))
    },
  },
  {
    op: 'drumate.notification_remove',
    name: 'a person sends nothing here',
    as: 'reader',
    send: (scene) => ({ body: { entity_id: userCode(scene.userId('admin')) } }),
    want: { status: 200, body: { data: { ok: 1 } } },
  },
  ...[...'abcdefgh'].map(
    (letter): ContractRow => ({
      op: 'drumate.color_add',
      name: `remembers the colour ${letter}`,
      as: 'writer',
      send: { body: { rgba: 'rgba(0,0,0,1)', hexacode: `#${letter}` } },
      want: { status: 200, body: { data: { hexacode: `#${letter}` } }, events: ['user.changed'] },
    }),
  ),
  {
    op: 'drumate.color_last',
    name: 'the last seven, the latest first, each once',
    as: 'writer',
    before: async (scene) => {
      const body = { rgba: 'rgba(0,0,0,1)', hexacode: '#C' }
      await scene.call('drumate.color_add', 'writer', { body })
    },
    want: {
      status: 200,
      body: {
        data: ['#C', '#h', '#g', '#f', '#e', '#d', '#b'].map((hexacode) => ({ hexacode })),
      },
    },
  },
  {
    op: 'drumate.font_add',
    name: 'remembers a font',
    as: 'writer',
    send: { body: { fontname: 'Serif' } },
    want: { status: 200, body: { data: { name: 'Serif' } }, events: ['user.changed'] },
  },
  {
    op: 'drumate.font_last',
    name: 'the last fonts',
    as: 'writer',
    want: { status: 200, body: { data: [{ name: 'Serif' }] } },
  },
]
