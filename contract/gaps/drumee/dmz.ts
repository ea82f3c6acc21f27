import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'dmz' and not reached. */
export const dmz: Gaps = {
  notBuilt: [
    {
      missing: 'guests of a shared box are not built',
      operations: `
        dmz.info
        dmz.login
        dmz.logout`,
    },
  ],
  unreached: [],
}
