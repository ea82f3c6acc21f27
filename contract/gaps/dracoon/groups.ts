import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'groups' and not reached. */
export const groups: Gaps = {
  notBuilt: [
    {
      missing: 'members and rooms of a group cannot be listed',
      operations: `
        requestLastAdminRoomsGroups
        requestGroupRooms
        requestGroupMembers`,
    },
  ],
  unreached: [],
  unreachedCodes: [
    {
      why: 'a date has four digits for the year: none is too far in the future',
      codes: `
        createGroup: -80008
        updateGroup: -80008`,
    },
    {
      why: 'nothing imports users into a group',
      codes: `
        removeGroup: -30040`,
    },
    {
      why: 'no group has a role, and nobody is a guest',
      codes: `
        updateGroup: -71006
        removeGroup: -71006
        removeGroupMembers: -71006
        addGroupMembers: -71012`,
    },
  ],
}
