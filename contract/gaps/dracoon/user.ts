import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'user' and not reached. */
export const user: Gaps = {
  notBuilt: [
    {
      missing: 'profile, key pairs, second factor, approvals and subscriptions are not built',
      operations: `
        updateUserAccount
        uploadAvatarAsMultipart
        resetAvatar
        enableCustomerEncryption
        requestCustomerKeyPair
        requestUserKeyPair
        setUserKeyPair
        removeUserKeyPair
        createAndPreserveUserKeyPair
        getMfaStatusForUser
        useEmergencyCode
        getTotpSetupInformation
        confirmTotpSetup
        deleteMfaTotpSetup
        requestListOfNotificationConfigs
        updateNotificationConfig
        requestOAuthApprovals
        removeOAuthApproval
        requestOAuthAuthorizations
        removeOAuthAuthorizations
        removeOAuthAuthorization
        requestProfileAttributes
        updateProfileAttributes
        setProfileAttributes
        removeProfileAttribute
        listDownloadShareSubscriptions
        subscribeDownloadShares
        subscribeDownloadShare
        unsubscribeDownloadShare
        listNodeSubscriptions
        updateNodeSubscriptions
        subscribeNode
        unsubscribeNode
        listUploadShareSubscriptions
        subscribeUploadShares
        subscribeUploadShare
        unsubscribeUploadShare`,
    },
  ],
  unreached: [
    {
      status: 204,
      why: 'answered under a condition that no row makes (the other success status is reached)',
      operations: `
        changeUserPassword`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        requestUserKeyPairs`,
    },
  ],
  unreachedCodes: [
    {
      why: 'no row has this wrong input for it',
      codes: `
        changeUserPassword: -80007`,
    },
    {
      why: 'other ways to sign in are not built',
      codes: `
        changeUserPassword: -10105`,
    },
  ],
}
