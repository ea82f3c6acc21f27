import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'roles' and not reached. */
export const roles: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 409,
      why: 'an account keeps its user name, whatever it becomes',
      operations: `
        addRoleUsers`,
    },
  ],
  unreachedCodes: [
    {
      why: 'groups are given, no users',
      codes: `
        addRoleGroups: -70501`,
    },
    {
      why: 'who has another role than that of a user is made no guest (-71010)',
      codes: `
        addRoleUsers: -71006, -40006`,
    },
  ],
}
