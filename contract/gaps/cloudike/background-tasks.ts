import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'background-tasks' and not reached. */
export const backgroundTasks: Gaps = {
  notBuilt: [],
  unreached: [],
}
