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
  unreachedCodes: [
    {
      why: 'other ways to sign in are not built',
      codes: `
        createUser: -10102, -70106, -70560, -70561, -70562, -70563, -80038, -90002, -90059`,
    },
    {
      why: 'policies of rooms and classifications are not built',
      codes: `
        createUser: -80064`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        createUser: -10013, -80001, -80007, -80023, -80028`,
    },
    {
      why: 'no row has such a date for it',
      codes: `
        createUser: -80008`,
    },
    {
      why: 'tenants have no limit of accounts',
      codes: `
        createUser: -70505`,
    },
  ],
}
