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
    {
      status: 403,
      why: 'open to everybody, and it changes nothing',
      operations: `
        drumate.get_languages
        drumate.validate_forgot_password_token
        drumate.check_drumate_exist`,
    },
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        drumate.logout`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        drumate.logout`,
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
