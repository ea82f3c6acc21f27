import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'users' and not reached. */
export const users: Gaps = {
  notBuilt: [
    {
      missing: 'changing and removing users, and their attributes, groups and roles, are not built',
      operations: `
        updateUser
        removeUser
        requestUserGroups
        requestLastAdminRoomsUsers
        requestEmergencyMfaCode
        requestUserRoles
        requestUsersRooms
        requestUserAttributes
        updateUserAttributes
        setUserAttributes
        removeUserAttribute`,
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        requestUser`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        requestUser`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        createUser`,
    },
  ],
}
