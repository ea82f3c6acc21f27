import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'downloads' and not reached. */
export const downloads: Gaps = {
  notBuilt: [],
  unreached: [],
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
      why: 'no row makes the encrypted state that it needs',
      codes: `
        downloadFileViaToken: -40002`,
    },
    {
      why: 'who lacks the right has no code; the key pair is not what is missing',
      codes: `
        downloadFileViaToken: -70020`,
    },
  ],
}
