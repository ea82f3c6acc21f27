import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for the bin of a hub, and not reached. */
export const mediaTrash: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        media.purge`,
    },
  ],
  unreachedCodes: [
    {
      why: 'a hub that is not there is a node that is not there',
      codes: `
        media.restore_into: HUB_NOT_FOUND`,
    },
  ],
}
