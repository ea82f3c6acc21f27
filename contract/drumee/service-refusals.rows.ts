import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Persona, Scene, Send } from '../row.ts'

/** The scene that all of these rows share. */
export const refusalScene = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alphabet' },
  '/docs/deep': 'folder',
  '/other': 'folder',
} as const

/** The id of a node that never was. */
const never = 'a0000000000fffff'
/** A text that is no path. */
const noPath = '/docs/../x'

type Values = Readonly<Record<string, unknown>>
/** What is sent, by whom (default: the writer), and what it is refused with. */
type Refusal = readonly [values: (scene: Scene) => Values, want: string, as?: Persona]

const statuses: Readonly<Record<string, number>> = {
  INVALID_DATA: 400,
  OWNPATH_INCONSISTENT: 400,
  CIRCULAR_REF: 400,
  DESTINATION_IS_NOT_DIRECTORY: 400,
  PERMISSION_DENIED: 403,
  NODE_NOT_FOUND: 404,
  HUB_NOT_FOUND: 404,
}

const statusOf = (code: string) => statuses[code] ?? 412
const missing = (name: string) => `VARIABLE **${name}** IS MANDATORY`

/** A row for each refusal; `send` says how the values travel. */
function refusals(
  op: string,
  list: readonly Refusal[],
  send: (values: Values) => Send = (body) => ({ body }),
): ContractRow[] {
  return list.map(([values, code, as = 'writer'], at) => ({
    op,
    name: `refusal ${at + 1}: ${code}${as === 'writer' ? '' : ` to ${as ?? 'nobody'}`}`,
    as,
    send: (scene) => send({ hub_id: scene.id('/'), ...values(scene) }),
    want: { status: statusOf(code), code },
  }))
}

const node =
  (path: string, more: Values = {}) =>
  (scene: Scene): Values => ({ nid: scene.id(path), ...more })
const just = (values: Values) => () => values
/** Another user's home is no hub for anybody else. */
const foreignHub = (scene: Scene) => userCode(scene.userId('manager'))

const reading: readonly ContractRow[] = [
  ...refusals('media.browse', [
    [just({ page: 0 }), 'INVALID_DATA'],
    [just({ sort: 'colour' }), 'INVALID_DATA'],
    [just({ nid: noPath }), 'INVALID_DATA'],
    [just({}), 'PERMISSION_DENIED', null],
  ]),
  ...['media.get_node_attr', 'media.node_info', 'media.attributes'].flatMap((op) =>
    refusals(op, [
      [just({ nid: noPath }), 'INVALID_DATA'],
      [just({ relpath: '../x' }), 'INVALID_DATA'],
      [node('/docs'), 'PERMISSION_DENIED', null],
    ]),
  ),
  ...refusals('media.raw', [
    [node('/docs'), 'INVALID_DATA'],
    [just({ nid: never }), 'NODE_NOT_FOUND'],
    [just({}), missing('nid')],
  ]),
  ...refusals('desk.home', [
    [just({ page: 'first' }), 'INVALID_DATA'],
    [just({ order: 'up' }), 'INVALID_DATA'],
  ]),
]

const changing: readonly ContractRow[] = [
  ...refusals('media.make_dir', [
    [just({ dirname: 'x', pid: {} }), 'INVALID_DATA'],
    [just({ ownpath: noPath }), 'INVALID_DATA'],
  ]),
  ...refusals('media.rename', [
    [node('/docs', { filename: {} }), 'INVALID_DATA'],
    [just({ nid: noPath, filename: 'x' }), 'INVALID_DATA'],
    [just({ nid: never, filename: 'x' }), 'NODE_NOT_FOUND'],
    [just({ filename: 'x' }), missing('nid')],
  ]),
  ...refusals('media.trash', [
    [just({ nid: noPath }), 'INVALID_DATA'],
    [just({ nid: [[]] }), 'INVALID_DATA'],
    [just({ nid: never }), 'NODE_NOT_FOUND'],
  ]),
  ...refusals('media.purge', [[just({ nid: [[]] }), 'INVALID_DATA']]),
  ...refusals('media.restore_into', [
    [
      (scene) => ({ nid: scene.id('/docs'), pid: '0', recipient_id: foreignHub(scene) }),
      'HUB_NOT_FOUND',
    ],
  ]),
]

/** A name that is a hub's own is looked for in that hub, wherever the nodes lie. */
const placing: readonly ContractRow[] = [
  'media.move',
  'media.move_all',
  'media.copy',
  'media.copy_all',
].flatMap((op) =>
  refusals(op, [
    [(scene) => ({ ...node('/docs')(scene), pid: scene.id('/docs/deep') }), 'CIRCULAR_REF'],
    [
      (scene) => ({ ...node('/other')(scene), pid: scene.id('/docs/a.txt') }),
      'DESTINATION_IS_NOT_DIRECTORY',
    ],
    [node('/docs', { pid: noPath }), 'INVALID_DATA'],
    [node('/docs/a.txt', { pid: '/other' }), 'PERMISSION_DENIED', null],
    [just({ nid: never, pid: '/other' }), 'NODE_NOT_FOUND'],
    [node('/docs', { pid: never }), 'NODE_NOT_FOUND'],
    [(scene) => ({ nid: '/docs', hub_id: foreignHub(scene), pid: '/' }), 'HUB_NOT_FOUND'],
    [
      (scene) => ({ ...node('/docs')(scene), pid: '0', recipient_id: foreignHub(scene) }),
      'HUB_NOT_FOUND',
    ],
    [just({ pid: '/other' }), missing('nid')],
    [node('/docs'), missing('pid')],
  ]),
)

/** Its parameters are a header. */
const uploading = refusals(
  'media.upload',
  [
    [just({ filename: 'x', ownpath: noPath }), 'OWNPATH_INCONSISTENT'],
    [just({ filename: 'x', ownpath: {} }), 'OWNPATH_INCONSISTENT'],
    [(scene) => ({ filename: 'x', ownpath: '/x', hub_id: foreignHub(scene) }), 'HUB_NOT_FOUND'],
    [(scene) => ({ filename: 'x', hub_id: foreignHub(scene) }), 'HUB_NOT_FOUND'],
  ],
  (values) => ({
    bytes: 'hello',
    headers: { 'x-param-xia-data': encodeURI(JSON.stringify(values)) },
  }),
)

const others: readonly ContractRow[] = [
  ...refusals('mfs_api.create_token', [
    [node('/docs', { expiry_hours: 'x' }), 'INVALID_DATA'],
    [node('/docs', { permission: 1.5 }), 'INVALID_DATA'],
    [node('/docs', { hub_id: undefined }), missing('hub_id')],
  ]),
  ...refusals('mfs_api.revoke', [
    [just({ token: {} }), 'INVALID_DATA'],
    [just({ token: 'x' }), 'PERMISSION_DENIED', null],
  ]),
  ...refusals('hub.get_attributes', [[just({}), 'PERMISSION_DENIED', null]]),
  ...refusals('hub.get_members_by_type', [[just({}), 'PERMISSION_DENIED', null]]),
  ...refusals('drumate.logout', [
    [just({ hub_id: undefined, device_id: {} }), 'INVALID_DATA'],
    [just({ hub_id: undefined }), 'PERMISSION_DENIED', null],
  ]),
]

/** Services that take nothing of their own: what every call may have is checked all the same. */
const bareServices = `
  authn.create bootstrap.authn butler.hello desk.get_env desk.limit dmz.logout drumate.color_last
  drumate.data_usage drumate.disk_space drumate.font_last drumate.get_otp drumate.get_profile
  drumate.intro_acknowledged drumate.notification_center drumate.remove_avatar
  drumate.send_account_deletion_code hub.get_attributes media.empty_bin mfs_api.list
  mfs_import.list reminder.list sharebox.notification_count sharebox.notification_list yp.get_env
  yp.hello`
const bare: readonly ContractRow[] = bareServices
  .trim()
  .split(/\s+/)
  .flatMap((op) => refusals(op, [[just({ hub_id: undefined, echoId: {} }), 'INVALID_DATA']]))

/** What services refuse; nothing of it changes anything. */
export const refusalRows: readonly ContractRow[] = [
  ...reading,
  ...changing,
  ...placing,
  ...uploading,
  ...others,
  ...bare,
]
