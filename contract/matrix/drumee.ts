import type { Scene } from '../row.ts'
import { password } from '../scene.ts'
import { accountServices } from './drumee-account.ts'
import { drumeeArchives } from './drumee-archives.ts'
import { drumeeDmz } from './drumee-dmz.ts'
import { drumeeHubsMatrix } from './drumee-hubs.ts'
import { drumeeImports } from './drumee-imports.ts'
import { drumeePictures } from './drumee-pictures.ts'
import { drumeeShareboxLinksMatrix } from './drumee-sharebox-links.ts'
import { drumeeShareboxPeopleMatrix } from './drumee-sharebox-people.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/f': 'folder', '/f/a.txt': { file: 'alpha' }, '/to': 'folder' } as const

const inHub =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), ...values(scene) } })
const file = inHub((scene) => ({ nid: scene.id('/f/a.txt') }))
const folder = inHub((scene) => ({ nid: scene.id('/f') }))
const moving = inHub((scene) => ({
  nid: scene.id('/f/a.txt'),
  pid: scene.id('/to'),
  recipient_id: scene.id('/'),
}))
const movingAll = inHub((scene) => ({
  nodes: [{ nid: scene.id('/f/a.txt'), hub_id: scene.id('/') }],
  dest_id: scene.id('/to'),
  recipient_id: scene.id('/'),
}))
const copyingAll = inHub((scene) => ({
  list: scene.id('/f/a.txt'),
  dest_id: scene.id('/to'),
  recipient_id: scene.id('/'),
}))

const rows = (need: MatrixRow['need'], send: MatrixRow['send'], ...ops: string[]): MatrixRow[] =>
  ops.map((op) => ({ op, need, send }))

const made = async (scene: Scene) => {
  const answer = await scene.call('mfs_api.create_token', 'manager', folder(scene))
  scene.kept.token = (answer.body as { data: { token: string } }).data.token
}

const trashed = async (scene: Scene) => {
  await scene.call('media.trash', 'writer', file(scene))
}

const services: readonly MatrixRow[] = [
  ...rows('public', undefined, 'yp.get_env', 'yp.hello'),
  {
    op: 'yp.login',
    need: 'public',
    send: () => ({ body: { vars: { ident: 'member', password } } }),
  },
  ...rows('user', undefined, 'drumate.get_profile', 'drumate.data_usage', 'desk.get_env'),
  ...rows('user', undefined, 'desk.home', 'mfs_api.list'),
  { op: 'drumate.logout', need: 'user', ends: true },
  ...rows('read', folder, 'media.show_node_by', 'media.browse', 'media.info', 'media.manifest'),
  ...rows('read', file, 'media.get_node_attr', 'media.node_info', 'media.attributes'),
  ...rows('read', file, 'media.orig', 'media.raw', 'media.read'),
  {
    op: 'media.upload',
    need: 'write',
    send: (scene) => ({
      bytes: 'hello',
      headers: {
        'content-type': 'application/octet-stream',
        'x-param-xia-data': encodeURI(
          JSON.stringify({ hub_id: scene.id('/'), nid: scene.id('/f'), filename: 'new.txt' }),
        ),
      },
    }),
  },
  ...rows(
    'write',
    inHub(() => ({ dirname: 'new' })),
    'media.make_dir',
  ),
  ...rows(
    'write',
    inHub((scene) => ({ nid: scene.id('/f/a.txt'), filename: 'new' })),
    'media.rename',
  ),
  ...rows('write', moving, 'media.move', 'media.copy'),
  ...rows('write', movingAll, 'media.move_all'),
  ...rows('write', copyingAll, 'media.copy_all'),
  ...rows('write', file, 'media.trash'),
  ...rows('write', folder, 'media.show_bin'),
  {
    op: 'media.restore_into',
    need: 'write',
    before: trashed,
    send: inHub((scene) => ({ nid: scene.id('/f/a.txt'), pid: scene.id('/to') })),
  },
  { op: 'media.purge', need: 'manage', before: trashed, send: file },
  {
    op: 'media.empty_bin',
    need: 'manage',
    // Its document knows no 404: a hub that one does not see is refused.
    but: { stranger: 'forbidden', member: 'forbidden' },
    send: inHub(),
  },
  { op: 'mfs_api.create_token', need: 'manage', send: folder },
  {
    op: 'mfs_api.revoke',
    need: 'user',
    before: made,
    send: (scene) => ({ body: { token: scene.kept.token } }),
  },
]

/** Drumee, every service that is built. */
export const drumeeMatrix: readonly MatrixRow[] = [
  ...services,
  ...accountServices,
  ...drumeeHubsMatrix,
  ...drumeeShareboxPeopleMatrix,
  ...drumeeShareboxLinksMatrix,
  ...drumeeArchives,
  ...drumeeDmz,
  ...drumeePictures,
  ...drumeeImports,
].map((row) => ({
  given,
  ...row,
}))
