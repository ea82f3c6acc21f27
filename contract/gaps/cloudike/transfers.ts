import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'transfers' and not reached. */
export const transfers: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 409,
      why: 'a name that is taken gets a number',
      operations: `
        transferConfirm`,
    },
    {
      status: 403,
      why: 'rights are looked at again when it is confirmed',
      operations: `
        transferUpload
        transferUploadPart`,
    },
    {
      status: 403,
      why: 'a link whose maker lost his right is not there (404)',
      operations: `
        transferConfirm`,
    },
    {
      status: 413,
      why: 'bytes past the limit are refused as they come',
      operations: `
        transferConfirm`,
    },
  ],
}
