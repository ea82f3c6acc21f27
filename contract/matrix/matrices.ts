import type { FaceDriver } from '../face-driver.ts'
import { cloudikeMatrix } from './cloudike.ts'
import { dracoonMatrix } from './dracoon.ts'
import { drumeeMatrix } from './drumee.ts'
import type { MatrixRow } from './matrix-row.ts'

/** Who may call what, by face. */
export const matrices: Readonly<Record<FaceDriver['name'], readonly MatrixRow[]>> = {
  dracoon: dracoonMatrix,
  cloudike: cloudikeMatrix,
  drumee: drumeeMatrix,
}
