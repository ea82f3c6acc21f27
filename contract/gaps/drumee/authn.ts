import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'authn' and not reached. */
export const authn: Gaps = {
  notBuilt: [
    {
      missing: 'sign-in from another page is not built',
      operations: `
        authn.create
        authn.begin
        authn.poll`,
    },
  ],
  unreached: [],
}
