import { createLink } from '../../server/core/links/create-link.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const docs =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ body: { nid: scene.id('/docs'), ...values(scene) } })
const ofLink = docs((scene) => ({ share_id: scene.kept.token }))

/** An open link of the writer on /docs, in `kept.token`. */
const linked = async (scene: Scene): Promise<void> => {
  const node = { id: scene.nodeId('/docs') }
  const { token } = await createLink(scene.core('writer'), { kind: 'download', node })
  scene.kept.token = token
}

const rows: readonly MatrixRow[] = [
  { op: 'sharebox.create_link', need: 'write', send: docs() },
  { op: 'sharebox.copy_link', need: 'write', send: docs() },
  { op: 'sharebox.update_link', need: 'write', before: linked, send: ofLink },
  { op: 'sharebox.remove_link', need: 'write', before: linked, send: ofLink },
  { op: 'sharebox.remove_open_link', need: 'write', before: linked, send: docs() },
  { op: 'sharebox.get_box_attr', need: 'write', before: linked, send: docs() },
  { op: 'sharebox.update_box', need: 'write', before: linked, send: docs() },
  {
    op: 'sharebox.create_inbound_link',
    need: 'write',
    send: docs(() => ({ email: ['guest@outside.test'] })),
    // No mail is sent here.
    passes: 503,
  },
  {
    op: 'sharebox.create_private_box',
    need: 'user',
    send: (scene) => ({ body: { email: `guest-${scene.nodeId('/')}@outside.test` } }),
  },
  {
    op: 'sharebox.create_public_box',
    need: 'user',
    send: (scene) => ({ body: { name: `Box ${scene.nodeId('/')}` } }),
  },
]

/** Links that open nodes, and boxes, which everybody makes in his own home. */
export const drumeeShareboxLinksMatrix: readonly MatrixRow[] = rows.map((row) => ({
  given: { '/docs': 'folder' },
  ...row,
}))
