import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'workflow' and not reached. */
export const workflow: Gaps = {
  notBuilt: [],
  unreached: [],
}
