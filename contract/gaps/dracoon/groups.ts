import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'groups' and not reached. */
export const groups: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'a date has four digits for the year: none is too far in the future',
      codes: `
        updateGroup: -80008`,
    },
    {
      why: 'nothing imports users into a group',
      codes: `
        removeGroup: -30040`,
    },
  ],
}
