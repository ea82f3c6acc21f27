import type { ContractRow } from '../row.ts'

/** Settings that signed-in clients read. */
export const configRows: readonly ContractRow[] = [
  {
    op: 'requestGeneralSettingsInfo',
    name: 'has every member that a client requires',
    as: 'reader',
    want: {
      status: 200,
      body: {
        useS3Storage: true,
        sharePasswordSmsEnabled: false,
        weakPasswordEnabled: false,
        eulaEnabled: false,
        s3TagsEnabled: false,
        emailNotificationButtonEnabled: false,
        cryptoEnabled: true,
        homeRoomsActive: true,
      },
    },
  },
  {
    op: 'requestGeneralSettingsInfo',
    name: 'wants a token',
    as: null,
    want: { status: 401, code: -10012 },
  },
  {
    op: 'requestInfrastructurePropertiesInfo',
    name: 'names the tenant',
    as: 'reader',
    want: { status: 200, body: { isDracoonCloud: false, s3EnforceDirectUpload: false } },
  },
  {
    op: 'requestSystemDefaultsInfo',
    name: 'nothing expires by itself',
    as: 'reader',
    want: {
      status: 200,
      body: { fileDefaultExpirationPeriod: 0, downloadShareDefaultExpirationPeriod: 0 },
    },
  },
  {
    op: 'requestAlgorithms',
    name: 'one of each kind is required',
    as: 'reader',
    want: {
      status: 200,
      body: {
        keyPairAlgorithms: (value) =>
          (value as { status: string }[]).filter((one) => one.status === 'REQUIRED').length === 1,
      },
    },
  },
  {
    op: 'requestPasswordPoliciesConfigInfo',
    name: 'says what core checks',
    as: 'reader',
    want: {
      status: 200,
      body: { loginPasswordPolicies: { minLength: 8, userLockout: { enabled: true } } },
    },
  },
  {
    op: 'requestClassificationPoliciesConfigInfo',
    name: 'no classification needs a password',
    as: 'reader',
    want: {
      status: 200,
      body: { shareClassificationPolicies: { classificationRequiresSharePassword: 0 } },
    },
  },
  {
    op: 'requestGuestUsersPoliciesConfigInfo',
    name: 'guests cannot be invited',
    as: 'reader',
    want: { status: 200, body: { isInviteUsersEnabled: false } },
  },
  {
    op: 'requestProductPackages',
    name: 'there are none',
    as: 'reader',
    want: { status: 200, body: { packages: [] } },
  },
  {
    op: 'requestCurrentProductPackages',
    name: 'there are none',
    as: 'reader',
    want: { status: 200, body: { packages: [] } },
  },
]
