import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'dmz' and not reached. */
export const dmz: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'everybody may ask; what is refused is told in the data',
      operations: `
        dmz.info`,
    },
  ],
}
