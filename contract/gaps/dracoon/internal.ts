import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'internal' and not reached. */
export const internal: Gaps = {
  notBuilt: [
    {
      missing: 'subscription plans are not built',
      operations: `
        internalRequestSubscriptionPlan
        internalSetSubscriptionPlan`,
    },
  ],
  unreached: [],
}
