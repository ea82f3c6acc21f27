import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'reminder' and not reached. */
export const reminder: Gaps = {
  notBuilt: [],
  unreached: [],
}
