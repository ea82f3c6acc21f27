import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'mfs_api' and not reached. */
export const mfsApi: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        mfs_api.create_token
        mfs_api.revoke`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        mfs_api.revoke`,
    },
  ],
  unreachedCodes: [
    {
      why: 'no row makes this state for it',
      codes: `
        mfs_api.create_token: VARIABLE **hub_id** IS MANDATORY`,
    },
  ],
}
