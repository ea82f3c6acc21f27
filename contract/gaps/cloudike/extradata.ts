import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'extradata' and not reached. */
export const extradata: Gaps = {
  notBuilt: [
    {
      missing: 'previews and extra data are not built',
      operations: `
        filesCreateExtra
        filesGetPreview
        linksGetPreview
        sharesGetPreview
        linksCreateExtra
        sharesCreateExtra`,
    },
  ],
  unreached: [],
}
