import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'system-policies-config' and not reached. */
export const systemPoliciesConfig: Gaps = {
  notBuilt: [
    {
      missing: 'administration of policies is not built',
      operations: `
        requestMfaPoliciesConfig
        changeMfaPoliciesConfig
        requestPasswordPoliciesConfig
        changePasswordPoliciesConfig
        enforceLoginPasswordChange
        requestPasswordPoliciesForPasswordType`,
    },
  ],
  unreached: [],
  unreachedCodes: [
    {
      why: 'a wrong level is refused like every wrong number',
      codes: `
        changeClassificationPoliciesConfig: -90001`,
    },
  ],
}
