import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'user' and not reached. */
export const user: Gaps = {
  notBuilt: [
    {
      missing: 'second factors by app, approvals and settings of notifications are not built',
      operations: `
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
        removeOAuthAuthorization`,
    },
  ],
  unreached: [
    {
      status: 404,
      why: 'a user name is taken or wrong, not missing',
      operations: `
        updateUserAccount`,
    },
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
      why: 'other ways to sign in are not built',
      codes: `
        changeUserPassword: -10105`,
    },
    {
      why: 'rows sign in just before, when an address needs no other proof',
      codes: `
        updateUserAccount: -70107`,
    },
    {
      why: 'other ways to sign in are not built, and every user name may change',
      codes: `
        updateUserAccount: -10100, -70105, -70560, -70561, -70562, -70563`,
    },
    {
      why: 'the document lists what notification configurations refuse; a list has none',
      codes: `
        listNodeSubscriptions: -70120, -70121, -70122, -70123`,
    },
    {
      why: 'every node can be subscribed to',
      codes: `
        updateNodeSubscriptions: -80061
        subscribeNode: -80061`,
    },
  ],
}
