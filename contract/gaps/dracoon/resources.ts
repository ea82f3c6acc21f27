import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'resources' and not reached. */
export const resources: Gaps = {
  notBuilt: [],
  unreached: [],
}
