import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'sharebox' and not reached. */
export const sharebox: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'whoever governs a hub may copy from it; nothing moves, and no hub is for meetings',
      codes: `
        sharebox.copy_to_sb: _unable_to_copy_inbound, _unable_to_move_inbound, WICKET_HUB`,
    },
  ],
}
