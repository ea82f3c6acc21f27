import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'background-tasks' and not reached. */
export const backgroundTasks: Gaps = {
  notBuilt: [
    {
      missing: 'no operation of this API makes a task of its own',
      operations: `
        task`,
    },
  ],
  unreached: [],
}
