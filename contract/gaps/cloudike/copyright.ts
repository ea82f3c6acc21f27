import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'copyright' and not reached. */
export const copyright: Gaps = {
  notBuilt: [
    {
      missing: 'complaints about copyright are not built',
      operations: `
        copyrightMakeComplaint
        copyrightGetComplaints
        copyrightEditComplaint`,
    },
  ],
  unreached: [],
}
