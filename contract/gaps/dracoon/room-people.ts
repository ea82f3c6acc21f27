import type { Gaps } from '../../gaps-of-tags.ts'

/** Groups, guests and policies of rooms (documented under 'nodes'), and not reached. */
export const roomPeople: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        requestRoomGroups: -41000
        updateRoomGroups: -41000
        revokeRoomGroups: -41000
        changePendingAssignments: -41000`,
    },
    {
      why: 'nothing here has a range',
      codes: `
        changePendingAssignments: -80024`,
    },
  ],
}
