import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'downloads' and not reached. */
export const downloads: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 416,
      why: 'HEAD takes no range in a row; its GET does',
      operations: `
        downloadFileViaToken_1`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        downloadFileViaToken
        downloadFileViaToken_1`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there',
      operations: `
        downloadFileViaToken_1`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        downloadZipArchiveViaToken: -41000, -40751`,
    },
    {
      why: 'success has no error code in the body',
      codes: `
        downloadAvatar: 0`,
    },
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        downloadFileViaToken: -40751, -41000`,
    },
    {
      why: 'encrypted rooms are not built',
      codes: `
        downloadFileViaToken: -40002`,
    },
  ],
}
