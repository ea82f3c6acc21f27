import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'background-tasks' and not reached. */
export const backgroundTasks: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'an address names some task, known or unknown; a task that failed is the 400',
      codes: `
        task: InvalidParameters`,
    },
  ],
}
