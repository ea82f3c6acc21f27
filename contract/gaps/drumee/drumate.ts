import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'drumate' and not reached. */
export const drumate: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 200,
      why: 'no user can found an organisation here; it always answers PRO_USER',
      operations: `
        drumate.hub_to_pro`,
    },
    {
      status: 409,
      why: 'no user can found an organisation here, so no name of one is ever taken',
      operations: `
        drumate.hub_to_pro`,
    },
  ],
  unreachedCodes: [
    {
      why: 'whether an address is known is told to nobody',
      codes: `
        drumate.reset_forgot_password: EMAIL_NOT_FOUND
        drumate.send_forgot_password_token: EMAIL_NOT_FOUND
        drumate.validate_forgot_password_token: EMAIL_NOT_FOUND`,
    },
  ],
}
