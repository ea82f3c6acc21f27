import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const docs =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { nid: scene.id('/docs'), ...values } })
const given = { '/docs': 'folder' } as const

/** What is shared of a node, and with whom. */
export const drumeeShareboxPeopleMatrix: readonly MatrixRow[] = [
  { op: 'sharebox.get_outbound_node_attr', need: 'manage', given, send: docs() },
  { op: 'sharebox.get_inbound_node_attr', need: 'read', given, send: docs() },
  {
    op: 'sharebox.get_node_share_attr',
    need: 'manage',
    given,
    send: docs({ option: 'outbound' }),
  },
]
