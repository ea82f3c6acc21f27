import type { Gaps } from '../../gaps-of-tags.ts'

/** Of the operations about shared folders (tag 'storage') what is documented and not reached. */
export const shares: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'it takes no parameter: who manages nothing has an empty list',
      operations: `
        sharesCompanyRequests`,
    },
    {
      status: 404,
      why: 'it takes no parameter that could name something missing',
      operations: `
        sharesCompanyRequests`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the call names a folder and no user, so none can be missing',
      codes: `
        sharesCompanyRequest: UserNotFound`,
    },
  ],
}
