import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'transfers' and not reached. */
export const transfers: Gaps = {
  notBuilt: [
    {
      missing: 'uploads through links are not built',
      operations: `
        transferConfirm`,
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        transferDownload`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where a right is needed',
      operations: `
        transferUpload
        transferUploadPart
        transferDownload`,
    },
    {
      status: 413,
      why: 'no row announces more than the server takes',
      operations: `
        transferUpload
        transferUploadPart`,
    },
  ],
}
