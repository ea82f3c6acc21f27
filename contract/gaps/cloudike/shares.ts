import type { Gaps } from '../../gaps-of-tags.ts'

/** Of the operations about shared folders (tag 'storage') what is documented and not reached. */
export const shares: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'everybody may ask; what is not for him is not there (404)',
      operations: `
        sharesCompanyGetOne
        sharesCompanyAccept
        sharesCompanyRequests
        sharesGet
        sharesMetadata
        migrationContentsRemove`,
    },
    {
      status: 404,
      why: 'a list of nothing is empty',
      operations: `
        sharesCompanyRequests`,
    },
  ],
  unreachedCodes: [
    {
      why: 'another code says the same',
      codes: `
        sharesCompanyRequest: UserNotFound
        sharesCompanyAccept: UserNotFound
        companyAdminSharesRemove: ShareForbidden`,
    },
  ],
}
