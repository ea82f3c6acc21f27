import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'roles' and not reached. */
export const roles: Gaps = {
  notBuilt: [
    {
      missing: 'administration of roles is not built',
      operations: `
        requestRoles
        requestRoleGroups
        addRoleGroups
        revokeRoleGroups
        requestRoleUsers
        addRoleUsers
        revokeRoleUsers`,
    },
  ],
  unreached: [],
}
