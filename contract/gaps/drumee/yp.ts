import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'yp' and not reached. */
export const yp: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 503,
      why: 'the second step cannot be turned on where no mail is sent',
      operations: `
        yp.login`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        yp.get_env
        yp.hello
        yp.reset_session
        yp.avatar`,
    },
  ],
}
