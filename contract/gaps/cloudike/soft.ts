import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'soft' and not reached. */
export const soft: Gaps = {
  notBuilt: [
    {
      missing: 'distribution of client programs is not built',
      operations: `
        softGetVersion
        softSetVersion
        softListVersion
        softGetUpdate
        softSetUpdate
        softListUpdates`,
    },
  ],
  unreached: [],
}
