import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'system-policies-config' and not reached. */
export const systemPoliciesConfig: Gaps = {
  notBuilt: [
    {
      missing: 'administration of policies is not built',
      operations: `
        requestClassificationPoliciesConfig
        changeClassificationPoliciesConfig
        requestMfaPoliciesConfig
        changeMfaPoliciesConfig
        requestPasswordPoliciesConfig
        changePasswordPoliciesConfig
        enforceLoginPasswordChange
        requestPasswordPoliciesForPasswordType`,
    },
  ],
  unreached: [],
}
