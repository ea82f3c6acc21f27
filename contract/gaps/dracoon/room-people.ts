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
        addRoomGuestUsers: -41000, -70501
        requestRoomPolicies: -41000
        setRoomPolicies: -41000
        updateRoomGroups: -41000
        revokeRoomGroups: -41000
        changePendingAssignments: -41000`,
    },
    {
      why: 'nothing here has a range',
      codes: `
        changePendingAssignments: -80024`,
    },
    {
      why: 'guests are given the same everywhere; no row fills the seats of a tenant',
      codes: `
        addRoomGuestUsers: -70505, -80068`,
    },
  ],
}
