import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'contact' and not reached. */
export const contact: Gaps = {
  notBuilt: [],
  unreached: [],
}
