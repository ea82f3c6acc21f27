import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'accounts' and not reached. */
export const accounts: Gaps = {
  notBuilt: [
    {
      missing: 'companies, their administration and payments are not built',
      operations: `
        companyGet
        companyDomain
        companyLogoConfirm
        companyLogoClear
        companyLogoUpload
        companyAdminChange
        companyUsersEnable
        companyUsersDisable
        companyCreateUser
        companyRemoveUser
        companyConfirmUserRemoving
        companyCancelUserRemoving
        companyUsers
        companyChangeUsersQuota
        companyChangeUsersQuotaOwn
        companyChangeUserCanPrint
        companyChangeUserCanDownload
        companyChangeUserCanUpload
        companyChangeUserPcCanDownload
        companyChangeUserUseWatermarks
        companyChangeMobileRestriction
        companyChangeUserIpRestriction
        accountsChangeAdminRights
        companyCustomUserAgreement
        companyCustomUserAgreementOwn
        companyChangeUserExpired
        companyChangeUserExpiredOwn
        companyUpdateReference
        companyUpdateReferenceOwn
        paymentsInfo
        paymentsChoose`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the call names a token and no user, so none can be missing',
      codes: `
        companyUserPermanentTokenRemove: UserNotFound
        companyUserPermanentTokenCancelRemove: UserNotFound`,
    },
  ],
  unreached: [
    {
      status: 404,
      why: 'a taken address is answered 403, as the sources have it',
      operations: `
        accountsCreate`,
    },
    {
      status: 405,
      why: 'no setting forbids taking an acceptance back',
      operations: `
        accountsDeclineOffer`,
    },
  ],
}
