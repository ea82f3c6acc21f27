import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'desk' and not reached. */
export const desk: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        desk.home`,
    },
  ],
}
