import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'events' and not reached. */
export const events: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'it takes no input',
      operations: `
        checkWs`,
    },
  ],
}
