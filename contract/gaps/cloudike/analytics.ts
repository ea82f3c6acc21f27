import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'analytics' and not reached. */
export const analytics: Gaps = {
  notBuilt: [
    {
      missing: 'analytics are not built',
      operations: `
        analyticsGetData
        analyticsGetMultipleData
        analyticsGetMetrics`,
    },
  ],
  unreached: [],
}
