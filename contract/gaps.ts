import type { FaceDriver } from './face-driver.ts'
import { cloudikeGaps } from './gaps/cloudike.ts'
import { dracoonGaps } from './gaps/dracoon.ts'
import { drumeeGaps } from './gaps/drumee.ts'
import type { Gaps } from './gaps-of-tags.ts'

/** What is documented and not reached, by face. It must still be so: the ledger checks it. */
export const gaps: Readonly<Record<FaceDriver['name'], Gaps>> = {
  dracoon: dracoonGaps,
  cloudike: cloudikeGaps,
  drumee: drumeeGaps,
}
