import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'groups' and not reached. */
export const groups: Gaps = {
  notBuilt: [
    {
      missing: 'administration of groups is not built',
      operations: `
        requestGroups
        createGroup
        requestGroup
        updateGroup
        removeGroup
        requestLastAdminRoomsGroups
        requestGroupRoles
        requestGroupRooms
        requestGroupMembers
        addGroupMembers
        removeGroupMembers`,
    },
  ],
  unreached: [],
}
