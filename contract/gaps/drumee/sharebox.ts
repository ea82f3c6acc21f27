import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'sharebox' and not reached. */
export const sharebox: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'no folder is inbound by kind; whoever governs a hub copies all of it',
      codes: `
        sharebox.copy_to_sb: _unable_to_copy_inbound, _unable_to_move_inbound`,
    },
    {
      why: 'no hub is for meetings alone, so each takes files',
      codes: `
        sharebox.copy_to_sb: WICKET_HUB`,
    },
  ],
}
