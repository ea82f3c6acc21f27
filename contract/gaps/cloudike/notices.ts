import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'notices' and not reached. */
export const notices: Gaps = {
  notBuilt: [],
  unreached: [],
}
