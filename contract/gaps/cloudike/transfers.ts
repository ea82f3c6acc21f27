import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'transfers' and not reached. */
export const transfers: Gaps = {
  notBuilt: [
    {
      missing: 'uploads in parts are not built',
      operations: `
        transferUploadPart
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
      status: 402,
      why: 'no row fills the quota',
      operations: `
        transferUpload`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where a right is needed',
      operations: `
        transferUpload
        transferDownload`,
    },
    {
      status: 413,
      why: 'no row announces more than the server takes',
      operations: `
        transferUpload`,
    },
  ],
}
