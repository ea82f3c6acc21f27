import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'yp' and not reached. */
export const yp: Gaps = {
  notBuilt: [
    {
      missing: 'pictures of accounts wait for those of all APIs',
      operations: `
        yp.avatar`,
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        yp.login`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        yp.get_env
        yp.hello
        yp.reset_session`,
    },
  ],
}
