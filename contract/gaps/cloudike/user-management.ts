import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'user-management' and not reached. */
export const userManagement: Gaps = {
  notBuilt: [
    {
      missing: 'administration of accounts and companies is not built',
      operations: `
        adminAccountsDisable
        adminAccountsEnable
        adminAccountsUnlock
        adminAccountsSetPassword
        adminAccountsFindUsers
        adminSetEffectiveUserid
        adminAssignRole
        adminAccountsDelete
        adminAccountsRestore
        adminInviteUser
        companyInviteUser
        companyStatus
        companyStatusChange
        adminEditUser
        adminFindCompanies
        companyDeleteCardInfo
        companyRemove
        companySetExpired
        adminBlockedLogins
        csvDownload
        companyRequestQuota
        companyViewQuotaRequest
        adminCompanyEditQuota
        adminCompanyApprove
        adminCompanyDeny
        moderatorsAdd
        moderatorsGet
        moderatorsRemove
        requestToken`,
    },
  ],
  unreached: [],
}
