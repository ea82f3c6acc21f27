import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'background-tasks' and not reached. */
export const backgroundTasks: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'no row makes a task fail; the tests of core do',
      operations: `
        task`,
    },
  ],
}
