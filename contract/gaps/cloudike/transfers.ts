import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'transfers' and not reached. */
export const transfers: Gaps = {
  notBuilt: [],
  unreached: [],
}
