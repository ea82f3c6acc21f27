import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'auth' and not reached. */
export const auth: Gaps = {
  notBuilt: [
    {
      missing: 'OpenID sign-in, and resetting a forgotten password, are not built',
      operations: `
        initiateOpenIdLogin
        completeOpenIdLogin
        recoverUserName
        requestPasswordReset
        validateResetPasswordToken
        resetPassword`,
    },
  ],
  unreached: [
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        login`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        login`,
    },
    {
      status: 502,
      why: 'signing in sends no message here',
      operations: `
        login`,
    },
  ],
  unreachedCodes: [
    {
      why: 'other ways to sign in are not built',
      codes: `
        login: -10110, -90060, -90061`,
    },
    {
      why: 'success has no error code in the body',
      codes: `
        ping: 0`,
    },
  ],
}
