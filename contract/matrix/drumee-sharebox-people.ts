import { READ } from '../../server/core/permissions/permission.ts'
import { invite } from '../../server/core/shares/invite.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/docs': 'folder', '/to': 'folder' } as const

const docs =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ body: { nid: scene.id('/docs'), ...values(scene) } })

/** The writer is invited to /docs. */
const asked = async (scene: Scene): Promise<void> => {
  const node = { id: scene.nodeId('/docs') }
  await invite(scene.core('manager'), { node, to: { login: 'writer' }, permissions: READ })
}
const guest = ['guest@outside.test']

const rows: readonly MatrixRow[] = [
  { op: 'sharebox.get_outbound_node_attr', need: 'manage', send: docs() },
  { op: 'sharebox.get_inbound_node_attr', need: 'read', send: docs() },
  {
    op: 'sharebox.get_node_share_attr',
    need: 'manage',
    send: docs(() => ({ option: 'outbound' })),
  },
  {
    op: 'sharebox.assign_permission',
    need: 'manage',
    send: docs(() => ({ email: guest })),
    // No mail is sent here.
    passes: 503,
  },
  { op: 'sharebox.revoke_permission', need: 'manage', send: docs(() => ({ user_id: guest })) },
  {
    op: 'sharebox.copy_to_sb',
    need: 'manage',
    send: docs((scene) => ({ pid: scene.id('/to') })),
  },
  { op: 'sharebox.notification_count', need: 'user', send: () => ({ body: {} }) },
  { op: 'sharebox.notification_list', need: 'user', send: () => ({ body: {} }) },
  // Nothing waits for most of them, which is no refusal.
  { op: 'sharebox.accept_notification', need: 'user', before: asked, send: docs() },
  {
    op: 'sharebox.refuse_notification',
    need: 'own',
    but: { stranger: 'not-found', reader: 'not-found' },
    before: asked,
    send: docs(),
  },
]

/** What is shared of a node, and with whom. */
export const drumeeShareboxPeopleMatrix: readonly MatrixRow[] = rows.map((row) => ({
  ...row,
  given,
}))
