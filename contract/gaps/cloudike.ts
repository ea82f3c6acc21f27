import type { Gaps } from '../gaps.ts'

/** Documented by Cloudike and not reached. */
export const cloudikeGaps: Gaps = {
  notBuilt: [
    {
      missing: 'registration, profile, permanent tokens and companies are not built',
      operations: `
        accountsApprove accountsCheck accountsRemoveLogin accountsGetinvited
        accountsRecoverLostPassword accountsResendMessageForApprove accountsChangeProfile
        accountsPermanentTokens accountsRemovePermanentToken accountsCancelTokenRemoteWipe
        accountsTokenWiped accountsAcceptOffer accountsGetOffer accountsDeclineOffer
        accountsFeedback accountsFeedbackList accountsSetValue accountsGetValue companyGet
        companyDomain companyLogoConfirm companyLogoClear companyLogoUpload companyAdminChange
        companyUsersEnable companyUsersDisable companyCreateUser companyRemoveUser
        companyConfirmUserRemoving companyCancelUserRemoving companyUsers companyUserPermanentTokens
        companyUserPermanentTokenRemove companyUserPermanentTokenCancelRemove
        companyChangeUsersQuota companyChangeUsersQuotaOwn companyChangeUserCanPrint
        companyChangeUserCanDownload companyChangeUserCanUpload companyChangeUserPcCanDownload
        companyChangeUserUseWatermarks companyChangeMobileRestriction companyChangeUserIpRestriction
        accountsChangeAdminRights companyCustomUserAgreement companyCustomUserAgreementOwn
        companyChangeUserExpired companyChangeUserExpiredOwn companyUpdateReference
        companyUpdateReferenceOwn accountsCreate paymentsInfo paymentsChoose`,
    },
    {
      missing: 'archives, parts, favourites, versions, trash, shares and search are not served',
      operations: `
        fileopsFolderInfo fileopsPrecheck metadataFullListing filesDownloadAsArchive
        filesDownloadAsArchiveStreamDirect filesCreateArchiveStream filesProgressDownloadStreams
        filesProgressDownloadStreamsAll filesDownloadAsArchiveStream linksDownloadAsArchive
        linksDownloadAsArchiveStream linksAddToStorage filesCreatePart filesMultiConfirm
        filesFavorites fileopsSetFavorite fileopsPurge fileopsPurgestatus filesVersions
        filesVersionsToUpdate filesRestore fileopsMultiDelete fileopsUndelete fileopsMultiUndelete
        sharesAdd sharesRemove sharesAccept sharesDecline sharesUninvite sharesUnshare
        sharesCollaborators sharesUpdateCollaborator shares sharesSizelimit sharesCompanyAdd
        sharesCompanyHide sharesCompanyGet sharesCompanyGetOne sharesCompanyShared
        sharesCompanyRequest sharesCompanyAccept sharesCompanyRequests sharesInvites fileopsHandover
        trash trashRestore trashRestoreSeveral trashClear trashFromShared trashRestoreFromShared
        migrationContents migrationContentsAdd migrationContentsAccept migrationContentsReject
        migrationContentsRemove companyAdminSharesCollaborators companyAdminSharesRemove
        companyAdminSharesUnshare linksFileCreate linksFileCreatePart filesSearch dirSizeCalculate
        sharesGet sharesMetadata`,
    },
    {
      missing: 'previews and extra data are not built',
      operations: `
        filesCreateExtra filesGetPreview linksGetPreview sharesGetPreview linksCreateExtra
        sharesCreateExtra`,
    },
    {
      missing: 'comments with tasks are not built',
      operations: `
        workflowCommentAdd workflowCommentEdit workflowCommentDelete workflowComments
        workflowCommentUpdateTaskStatus`,
    },
    {
      missing: 'administration of groups is not built',
      operations: `
        groupsCreate groupsDelete groupsList groupsChange groupsAddUser groupsRemoveUser groupsUsers
        groupsChangeCanPrint groupsChangeCanDownload groupsChangePcCanDownload
        groupsChangeUseWatermarks groupsChangeMobileRestriction`,
    },
    {
      missing: 'administration of accounts and companies is not built',
      operations: `
        adminAccountsDisable adminAccountsEnable adminAccountsUnlock adminAccountsSetPassword
        adminAccountsGenerateLoginKey adminAccountsFindUsers adminSetEffectiveUserid adminAssignRole
        adminAccountsDelete adminAccountsRestore adminInviteUser companyInviteUser companyStatus
        companyStatusChange adminEditUser adminFindCompanies companyDeleteCardInfo companyRemove
        companySetExpired adminBlockedLogins csvDownload companyRequestQuota companyViewQuotaRequest
        adminCompanyEditQuota adminCompanyApprove adminCompanyDeny moderatorsAdd moderatorsGet
        moderatorsRemove requestToken`,
    },
    {
      missing: 'the stream of events is not served by this API',
      operations: 'events checkWs',
    },
    {
      missing: 'notices are not built',
      operations: 'notices',
    },
    {
      missing: 'no operation of this API makes a task of its own',
      operations: 'task',
    },
    {
      missing: 'the key-value store is not built',
      operations: 'keyvalue keyvalueSet',
    },
    {
      missing: 'complaints about copyright are not built',
      operations: 'copyrightMakeComplaint copyrightGetComplaints copyrightEditComplaint',
    },
    {
      missing: 'analytics are not built',
      operations: 'analyticsGetData analyticsGetMultipleData analyticsGetMetrics',
    },
    {
      missing: 'distribution of client programs is not built',
      operations: `
        softGetVersion softSetVersion softListVersion softGetUpdate softSetUpdate softListUpdates`,
    },
    {
      missing: 'viewing office documents is not built',
      operations: 'kukudocsView kukudocsLinkView',
    },
    {
      missing: 'editing office documents (WOPI) is not built',
      operations: `
        wopiView wopiLinkView wopiEdit wopiFiles wopiFilesAct wopiFilesContents
        wopiFilesContentsPut`,
    },
    {
      missing: 'uploads in parts are not built',
      operations: 'transferUploadPart transferConfirm',
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        accountsLogout accountsGet filesGet fileopsDelete linksDelete links linksGet linksMetadata
        linksInfo transferDownload`,
    },
    {
      status: 401,
      why: 'the permission matrix calls every operation without a session',
      operations: 'all',
    },
    {
      status: 402,
      why: 'no row fills the quota',
      operations: 'fileopsMove fileopsCopy filesCreate filesConfirm transferUpload',
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where a right is needed',
      operations: `
        accountsLogin filesConfirm filesGet linksDelete linksInfo transferUpload transferDownload`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there; the permission matrix does',
      operations: 'fileopsFolderCreate linksInfo',
    },
    {
      status: 413,
      why: 'no row announces more than the server takes',
      operations: 'filesCreate filesConfirm transferUpload',
    },
  ],
}
