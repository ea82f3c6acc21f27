import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'transfers' and not reached. */
export const transfers: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 402,
      why: 'room is claimed when the file is announced, whose rows are refused',
      operations: `
        transferConfirm`,
    },
    {
      status: 409,
      why: 'a name that is taken gets a number',
      operations: `
        transferConfirm`,
    },
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
        transferConfirm
        transferDownload`,
    },
    {
      status: 413,
      why: 'no row announces more than the server takes',
      operations: `
        transferUpload
        transferUploadPart
        transferConfirm`,
    },
  ],
  unreachedCodes: [
    {
      why: 'a link ends in seconds at the soonest, and rows do not wait',
      codes: `
        transferConfirm: LinkExpired`,
    },
  ],
}
