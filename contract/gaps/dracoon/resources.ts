import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'resources' and not reached. */
export const resources: Gaps = {
  notBuilt: [
    {
      missing: 'subscriptions to changes are not built',
      operations: `
        requestSubscriptionScopes`,
    },
  ],
  unreached: [
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        requestUserAvatar`,
    },
  ],
}
