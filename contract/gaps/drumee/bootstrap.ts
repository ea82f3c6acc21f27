import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'bootstrap' and not reached. */
export const bootstrap: Gaps = {
  notBuilt: [
    {
      missing: 'sign-in from another page is not built',
      operations: `
        bootstrap.authn`,
    },
  ],
  unreached: [],
}
