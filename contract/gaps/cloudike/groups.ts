import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'groups' and not reached. */
export const groups: Gaps = {
  notBuilt: [
    {
      missing: 'administration of groups is not built',
      operations: `
        groupsCreate
        groupsDelete
        groupsList
        groupsChange
        groupsAddUser
        groupsRemoveUser
        groupsUsers
        groupsChangeCanPrint
        groupsChangeCanDownload
        groupsChangePcCanDownload
        groupsChangeUseWatermarks
        groupsChangeMobileRestriction`,
    },
  ],
  unreached: [],
}
