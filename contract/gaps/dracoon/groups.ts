import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'groups' and not reached. */
export const groups: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'nothing imports users into a group',
      codes: `
        removeGroup: -30040`,
    },
  ],
}
