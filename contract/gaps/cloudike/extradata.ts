import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'extradata' and not reached. */
export const extradata: Gaps = {
  notBuilt: [],
  unreached: [],
}
