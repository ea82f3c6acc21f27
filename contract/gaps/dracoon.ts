import type { Gaps } from '../gaps.ts'

/** Documented by DRACOON and not reached. */
export const dracoonGaps: Gaps = {
  notBuilt: [
    {
      missing: 'OpenID sign-in, and resetting a forgotten password, are not built',
      operations: `
        initiateOpenIdLogin completeOpenIdLogin recoverUserName requestPasswordReset
        validateResetPasswordToken resetPassword`,
    },
    {
      missing:
        'settings of the system, notification channels and S3 tags have no store of their own',
      operations: `
        requestNotificationChannelsInfo requestS3TagsInfo requestSystemSettings
        updateSystemSettings`,
    },
    {
      missing: 'archives are not built',
      operations: 'downloadZipArchiveViaToken',
    },
    {
      missing: 'audit reports are not served; events are kept',
      operations: `
        requestAuditNodeInfo requestAuditNodeUserData requestLogEventsAsJson requestLogOperations`,
    },
    {
      missing: 'administration of groups is not built',
      operations: `
        requestGroups createGroup requestGroup updateGroup removeGroup requestLastAdminRoomsGroups
        requestGroupRoles requestGroupRooms requestGroupMembers addGroupMembers removeGroupMembers`,
    },
    {
      missing: 'subscription plans are not built',
      operations: 'internalRequestSubscriptionPlan internalSetSubscriptionPlan',
    },
    {
      missing:
        'comments, trash, versions, favourites, keys, guests, search, archives are not served',
      operations: `
        updateNodeComment removeNodeComment removeDeletedNodes restoreNodes requestDeletedNode
        updateFavorites updateFiles setUserFileKeys requestFileVersionList requestRoomRescueKey
        requestSystemRescueKey requestUserFileKey requestMissingFileKeys requestPendingAssignments
        changePendingAssignments encryptRoom requestRoomGroups updateRoomGroups revokeRoomGroups
        addRoomGuestUsers requestRoomRescueKeyPair setRoomRescueKeyPair removeRoomRescueKeyPair
        requestRoomRescueKeyPairs createAndPreserveRoomRescueKeyPair requestRoomPolicies
        setRoomPolicies requestRoomS3Tags setRoomS3Tags requestListOfWebhooksForRoom
        handleRoomWebhookAssignments searchNodes generateDownloadUrlForZipArchive downloadZipArchive
        requestNodeComments createNodeComment requestDeletedNodesSummary emptyDeletedNodes
        requestDeletedNodeVersions addFavorite removeFavorite`,
    },
    {
      missing: 'administration of tenants is not built',
      operations: `
        requestCustomers createCustomer requestCustomer updateCustomer removeCustomer
        requestCustomerAttributes updateCustomerAttributes setCustomerAttributes
        removeCustomerAttribute requestCustomerUsers requestListOfTenantWebhooks createTenantWebhook
        requestListOfEventTypesForTenant requestTenantWebhook updateTenantWebhook
        removeTenantWebhook resetTenantWebhookLifetime`,
    },
    {
      missing: 'upload shares are not built, and there is no list of third-party code',
      operations: `
        requestPublicUploadShareInfo createShareUploadChannel requestUploadStatusPublic
        completeFileUploadViaShare uploadFileAsMultipartPublic_1 cancelFileUploadViaShare
        completeS3FileUploadViaShare generatePresignedUrlsPublic requestThirdPartyDependencies`,
    },
    {
      missing: 'subscriptions to changes are not built',
      operations: 'requestSubscriptionScopes',
    },
    {
      missing: 'administration of roles is not built',
      operations: `
        requestRoles requestRoleGroups addRoleGroups revokeRoleGroups requestRoleUsers addRoleUsers
        revokeRoleUsers`,
    },
    {
      missing: 'settings of a customer, rescue keys and webhooks are not built',
      operations: `
        requestSettings setSettings requestSystemRescueKeyPair setSystemRescueKeyPair
        removeSystemRescueKeyPair requestAllSystemRescueKeyPairs createAndPreserveKeyPair
        requestNotificationChannels toggleNotificationChannels requestListOfWebhooks createWebhook
        requestListOfEventTypesForConfigManager requestWebhook updateWebhook removeWebhook
        resetWebhookLifetime`,
    },
    {
      missing: 'upload shares, changing a download share, QR codes and mails are not built',
      operations: `
        updateDownloadShares updateDownloadShare sendDownloadShareLinkViaEmail
        requestDownloadShareQr requestUploadShares updateUploadShares createUploadShare
        deleteUploadShares requestUploadShare updateUploadShare removeUploadShare
        sendUploadShareLinkViaEmail requestUploadShareQr`,
    },
    {
      missing: 'directories, OpenID, RADIUS and OAuth clients are not administered',
      operations: `
        testAdConfig testRadiusConfig requestAdConfigs createAdConfig requestAdConfig updateAdConfig
        removeAdConfig requestOpenIdIdpConfigs createOpenIdIdpConfig requestOpenIdIdpConfig
        updateOpenIdIdpConfig removeOpenIdIdpConfig requestRadiusConfig updateRadiusConfig
        createRadiusConfig removeRadiusConfig requestOAuthClients createOAuthClient
        requestOAuthClient updateOAuthClient removeOAuthClient`,
    },
    {
      missing: 'administration of policies is not built',
      operations: `
        requestClassificationPoliciesConfig changeClassificationPoliciesConfig
        requestGuestUsersPoliciesConfig changeGuestUsersPoliciesConfig requestMfaPoliciesConfig
        changeMfaPoliciesConfig requestPasswordPoliciesConfig changePasswordPoliciesConfig
        enforceLoginPasswordChange requestPasswordPoliciesForPasswordType`,
    },
    {
      missing: 'settings of the system are configuration of the server, not data',
      operations: `
        requestAuthConfig updateAuthConfig requestSystemDefaults updateSystemDefaults
        requestEventlogConfig updateEventlogConfig requestGeneralSettings updateGeneralSettings
        requestInfrastructureProperties requestSyslogConfig updateSyslogConfig`,
    },
    {
      missing: 'storage is configuration of the server, not data; S3 tags are not built',
      operations: `
        request3Config updateS3Config createS3Config requestS3TagList createS3Tag requestS3Tag
        removeS3Tag`,
    },
    {
      missing: 'profile, key pairs, second factor, approvals and subscriptions are not built',
      operations: `
        updateUserAccount uploadAvatarAsMultipart resetAvatar enableCustomerEncryption
        requestCustomerKeyPair requestUserKeyPair setUserKeyPair removeUserKeyPair
        createAndPreserveUserKeyPair getMfaStatusForUser useEmergencyCode getTotpSetupInformation
        confirmTotpSetup deleteMfaTotpSetup requestListOfNotificationConfigs
        updateNotificationConfig requestOAuthApprovals removeOAuthApproval
        requestOAuthAuthorizations removeOAuthAuthorizations removeOAuthAuthorization
        requestProfileAttributes updateProfileAttributes setProfileAttributes removeProfileAttribute
        listDownloadShareSubscriptions subscribeDownloadShares subscribeDownloadShare
        unsubscribeDownloadShare listNodeSubscriptions updateNodeSubscriptions subscribeNode
        unsubscribeNode listUploadShareSubscriptions subscribeUploadShares subscribeUploadShare
        unsubscribeUploadShare`,
    },
    {
      missing: 'changing and removing users, and their attributes, groups and roles, are not built',
      operations: `
        updateUser removeUser requestUserGroups requestLastAdminRoomsUsers requestEmergencyMfaCode
        requestUserRoles requestUsersRooms requestUserAttributes updateUserAttributes
        setUserAttributes removeUserAttribute`,
    },
  ],
  unreached: [
    {
      status: 200,
      why: 'a chunk by token is answered 201; no upload by token answers 200',
      operations: 'uploadFileByTokenAsMultipart_1',
    },
    {
      status: 202,
      why: 'finishing takes no time here',
      operations: 'completeFileUpload completeFileUploadByToken',
    },
    {
      status: 204,
      why: 'answered under a condition that no row makes (the other success status is reached)',
      operations: 'copyNodes moveNodes changeUserPassword',
    },
    {
      status: 206,
      why: 'HEAD takes no range in a row; its GET does',
      operations: 'downloadFileViaTokenPublic_1',
    },
    {
      status: 416,
      why: 'HEAD takes no range in a row; its GET does',
      operations: 'downloadFileViaToken_1 downloadFileViaTokenPublic_1',
    },
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        downloadFileViaToken downloadFileViaToken_1 requestUploadStatusFiles completeFileUpload
        cancelFileUpload removeNode requestNodeParents requestPublicDownloadShareInfo
        generateDownloadUrlPublic checkPublicDownloadSharePassword downloadFileViaTokenPublic
        downloadFileViaTokenPublic_1 requestActiveDirectoryAuthInfo requestOpenIdAuthInfo
        requestUserAvatar removeDownloadShare cancelFileUploadByToken requestUser`,
    },
    {
      status: 401,
      why: 'the permission matrix calls every operation without a session',
      operations: 'all',
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        login downloadFileViaToken downloadFileViaToken_1 requestUploadStatusFiles
        completeFileUpload uploadFileAsMultipart cancelFileUpload completeS3FileUpload
        generatePresignedUrlsFiles generateDownloadUrl requestNode requestNodeParents
        checkPublicDownloadSharePassword deleteDownloadShares requestDownloadShare
        removeDownloadShare completeFileUploadByToken uploadFileByTokenAsMultipart_1
        cancelFileUploadByToken requestUser`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        login downloadFileViaToken_1 requestUserAvatar requestUserKeyPairs createUser`,
    },
    {
      status: 406,
      why: 'decided before every operation alike; rows prove it with and without a session',
      operations: 'all',
    },
    {
      status: 409,
      why: 'no row makes the clash',
      operations: 'completeS3FileUpload configureRoom',
    },
    {
      status: 412,
      why: 'no row makes an account that owes something (new password, agreement, address)',
      operations: 'all',
    },
    {
      status: 502,
      why: 'mails and messages are not sent',
      operations: 'login createDownloadShare',
    },
    {
      status: 504,
      why: 'storage that does not answer in time is not played by a row',
      operations: 'all',
    },
    {
      status: 507,
      why: 'opening the channel proves the quota; no row fills the room or the disk later',
      operations: `
        completeFileUpload uploadFileAsMultipart generatePresignedUrlsFiles copyNodes moveNodes
        completeFileUploadByToken uploadFileByTokenAsMultipart_1 cancelFileUploadByToken`,
    },
  ],
}
