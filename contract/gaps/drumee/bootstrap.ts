import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'bootstrap' and not reached. */
export const bootstrap: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'open to everybody, and it changes nothing',
      operations: `
        bootstrap.authn`,
    },
  ],
}
