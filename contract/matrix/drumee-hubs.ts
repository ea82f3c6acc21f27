import { userCode } from '../../server/faces/drumee/ids.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const inHub =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), ...values(scene) } })
const reader = (scene: Scene) => userCode(scene.userId('reader'))
const adding = inHub((scene) => ({ users: [reader(scene)], privilege: 3 }))

/** Hubs and their members. */
export const drumeeHubsMatrix: readonly MatrixRow[] = [
  {
    op: 'desk.create_hub',
    need: 'users',
    send: (scene) => ({ body: { filename: `Hub ${scene.nodeId('/')}` } }),
  },
  { op: 'hub.get_attributes', need: 'read', send: inHub() },
  { op: 'hub.get_members_by_type', need: 'read', send: inHub() },
  { op: 'hub.delete_hub', need: 'manage', send: inHub() },
  { op: 'hub.add_contributors', need: 'manage', send: adding },
  {
    op: 'hub.set_member_privilege',
    need: 'manage',
    send: inHub((scene) => ({ uid: reader(scene), privilege: 7 })),
  },
  {
    op: 'hub.delete_contributor',
    need: 'manage',
    send: inHub((scene) => ({ users: [reader(scene)] })),
  },
]
