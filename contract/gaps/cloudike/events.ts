import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'events' and not reached. */
export const events: Gaps = {
  notBuilt: [],
  unreached: [],
}
