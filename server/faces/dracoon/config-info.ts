import type { Ctx } from '../../core/ctx.ts'
import { lifetimeOf } from '../../core/sessions/lifetime.ts'
import { minPasswordLength } from '../../core/users/password-policy.ts'
import type { Row } from '../operation.ts'
import { presentClassificationPolicies } from './classification-policies.ts'
import { writeDate } from './dates.ts'
import type { AlgorithmVersionInfoList, UserInfo } from './generated/shapes.ts'
import { jsonAnswer, op, raw } from './op.ts'
import { presentUserInfo } from './present-user-info.ts'

/** Client-side encryption as clients know it (dossier 8). */
const algorithms: AlgorithmVersionInfoList = {
  keyPairAlgorithms: [
    { version: 'RSA-4096', description: 'RSA with 4096 bits', status: 'REQUIRED' },
    { version: 'A', description: 'RSA with 2048 bits', status: 'DISCOURAGED' },
  ],
  fileKeyAlgorithms: [
    {
      version: 'RSA-4096/AES-256-GCM',
      description: 'AES-256-GCM, wrapped with RSA-4096',
      status: 'REQUIRED',
    },
    { version: 'A', description: 'AES-256-GCM, wrapped with RSA-2048', status: 'DISCOURAGED' },
  ],
}

/** What signed-in clients ask about the installation (tag `config`, the `info` part). */
export const configInfoRows: Row[] = [
  op('requestGeneralSettingsInfo', {
    auth: 'user',
    run: async (ctx) => ctx,
    reply: ({ tenant, limits, texter }) => ({
      sharePasswordSmsEnabled: texter !== null,
      cryptoEnabled: true,
      emailNotificationButtonEnabled: false,
      eulaEnabled: tenant.settings.agreement,
      weakPasswordEnabled: false,
      useS3Storage: true,
      s3TagsEnabled: false,
      homeRoomsActive: true,
      homeRoomParentId: tenant.homesId,
      subscriptionPlan: 1,
      hideLoginInputFields: false,
      mediaServerEnabled: false,
      authTokenRestrictions: {
        restrictionEnabled: true,
        accessTokenValidity: lifetimeOf('access', limits, undefined).idleSeconds,
        refreshTokenValidity: lifetimeOf('refresh', limits, undefined).seconds,
      },
    }),
  }),

  op('requestInfrastructurePropertiesInfo', {
    auth: 'user',
    run: async (ctx) => ctx,
    reply: ({ tenant: { uuid }, texter }) => ({
      smsConfigEnabled: texter !== null,
      mediaServerConfigEnabled: false,
      s3DefaultRegion: '',
      s3EnforceDirectUpload: false,
      isDracoonCloud: false,
      tenantUuid: uuid,
    }),
  }),

  op('requestSystemDefaultsInfo', {
    auth: 'user',
    run: async ({ tenant }) => tenant,
    reply: ({ language, settings }) => ({
      languageDefault: language,
      downloadShareDefaultExpirationPeriod: settings.downloadLinkDays,
      uploadShareDefaultExpirationPeriod: settings.uploadLinkDays,
      fileDefaultExpirationPeriod: 0,
      nonmemberViewerDefault: false,
      hideLoginInputFields: false,
    }),
  }),

  op('requestAlgorithms', {
    auth: 'user',
    run: async () => undefined,
    reply: () => algorithms,
  }),

  // The generated shape has one word where the wire has a list of them.
  raw('requestPasswordPoliciesConfigInfo', {
    auth: 'user',
    run: async (ctx, _input, request) =>
      jsonAnswer('requestPasswordPoliciesConfigInfo', 200, passwordPolicies(ctx), request),
  }),

  op('requestClassificationPoliciesConfigInfo', {
    auth: 'user',
    run: async ({ tenant }) => tenant,
    reply: ({ settings }) => presentClassificationPolicies(settings),
  }),

  op('requestGuestUsersPoliciesConfigInfo', {
    auth: 'user',
    run: async ({ tenant }) => tenant.settings,
    reply: ({ guests }) => ({ isInviteUsersEnabled: guests }),
  }),

  op('requestProductPackages', {
    auth: 'user',
    run: async () => undefined,
    reply: () => ({ packages: [] }),
  }),

  op('requestCurrentProductPackages', {
    auth: 'user',
    run: async () => undefined,
    reply: () => ({ packages: [] }),
  }),
]

const anyCharacters = {
  mustContainCharacters: ['none'],
  numberOfCharacteristicsToEnforce: 0,
}

/** Nobody changes policies here: they stand since the tenant was made, by the system. */
const system: UserInfo = presentUserInfo({
  id: null,
  userName: 'system',
  firstName: 'System',
  lastName: '',
  email: null,
  kind: 'system',
})

/** Core's rules for passwords in the wire's words. Client-side encryption has none of ours. */
function passwordPolicies({ tenant, limits }: Ctx) {
  const since = { updatedAt: writeDate(tenant.createdAt), updatedBy: system }
  const plain = { characterRules: anyCharacters, rejectKeyboardPatterns: false, ...since }
  return {
    loginPasswordPolicies: {
      ...plain,
      minLength: minPasswordLength,
      rejectUserInfo: true,
      rejectDictionaryWords: false,
      // The last one: core refuses a change to the same.
      numberOfArchivedPasswords: 1,
      passwordExpiration: { enabled: false, maxPasswordAge: 0 },
      userLockout: {
        enabled: true,
        maxNumberOfLoginFailures: limits.loginFailures,
        lockoutPeriod: Math.ceil(limits.loginLockSeconds / 60),
      },
    },
    sharesPasswordPolicies: {
      ...plain,
      minLength: Math.max(1, tenant.settings.linkPasswordLength),
      rejectUserInfo: false,
      rejectDictionaryWords: false,
    },
    encryptionPasswordPolicies: { ...plain, minLength: minPasswordLength, rejectUserInfo: false },
  }
}
