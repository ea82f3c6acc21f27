import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'media' and not reached. */
export const media: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'no folder is inbound by kind: what strangers bring lies in plain folders',
      codes: `
        media.rename: UNABLE_TO_RENAME_INBOUND
        media.move: UNABLE_TO_TRANS_INBOUND
        media.move_all: UNABLE_TO_TRANS_INBOUND`,
    },
    {
      why: 'no hub is for meetings alone, so each takes files',
      codes: `
        media.move: WICKET_HUB
        media.move_all: WICKET_HUB`,
    },
    {
      why: 'no service of this API locks a node',
      codes: `
        media.trash: LOCKED`,
    },
  ],
}
