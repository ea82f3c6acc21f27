import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'extradata' and not reached. */
export const extradata: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'who sees a file reads it, too; what clients encrypted is refused as by files/get',
      operations: `
        filesGetPreview`,
    },
    {
      status: 403,
      why: 'an invitation that does not let everybody read is not told of: 404',
      operations: `
        sharesGetPreview
        sharesCreateExtra`,
    },
  ],
  unreachedCodes: [
    {
      why: 'a link is blocked, and ends, for its previews as for everything',
      codes: `
        linksGetPreview: LinkBlocked, LinkExpired
        linksCreateExtra: LinkBlocked, LinkExpired`,
    },
  ],
}
