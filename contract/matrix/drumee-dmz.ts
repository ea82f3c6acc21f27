import { makeBox } from '../drumee/visit-scene.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const before = (scene: Scene) => makeBox(scene, '/f')
const send = ({ kept }: Scene) => ({ body: { token: kept.token } })

/** What people do who have the address of a link: an account is not looked at. */
export const drumeeDmz: readonly MatrixRow[] = [
  { op: 'dmz.info', need: 'public', before, send },
  { op: 'dmz.login', need: 'public', before, send },
  { op: 'dmz.logout', need: 'public' },
]
