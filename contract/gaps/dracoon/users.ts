import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'users' and not reached. */
export const users: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 204,
      why: 'the document has two for the same; 200 stands first',
      operations: `
        removeUserAttribute`,
    },
    {
      status: 200,
      why: 'nobody has a second factor of his own',
      operations: `
        requestEmergencyMfaCode`,
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
  unreachedCodes: [
    {
      why: 'every account signs in by user name and password, and may get another name or address',
      codes: `
        updateUser: -10102, -70105, -70106, -70107, -70560, -70561, -70562, -70563
        updateUser: -80028, -80038, -90002, -90035, -90050, -90059`,
    },
    {
      why: 'no policy is about accounts',
      codes: `
        updateUser: -80064`,
    },
    {
      why: 'the home goes with its user',
      codes: `
        removeUser: -41000`,
    },
    {
      why: 'this is no list',
      codes: `
        requestUserRoles: -80024`,
    },
    {
      why: 'other ways to sign in are not built',
      codes: `
        createUser: -10102, -70106, -70560, -70561, -70562, -70563, -80038, -90002, -90059`,
    },
    {
      why: 'no row makes a policy that it breaks',
      codes: `
        createUser: -80064`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        createUser: -80001, -80028`,
    },
  ],
}
