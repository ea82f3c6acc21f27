import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'public' and not reached. */
export const publicSide: Gaps = {
  notBuilt: [
    {
      missing: 'upload shares are not built, and there is no list of third-party code',
      operations: `
        requestPublicUploadShareInfo
        createShareUploadChannel
        requestUploadStatusPublic
        completeFileUploadViaShare
        uploadFileAsMultipartPublic_1
        cancelFileUploadViaShare
        completeS3FileUploadViaShare
        generatePresignedUrlsPublic
        requestThirdPartyDependencies`,
    },
  ],
  unreached: [
    {
      status: 206,
      why: 'HEAD takes no range in a row; its GET does',
      operations: `
        downloadFileViaTokenPublic_1`,
    },
    {
      status: 416,
      why: 'HEAD takes no range in a row; its GET does',
      operations: `
        downloadFileViaTokenPublic_1`,
    },
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        checkPublicDownloadSharePassword`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        checkPublicDownloadSharePassword`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        requestPublicDownloadShareInfo: -40751
        downloadFileViaTokenPublic: -40000, -40751, -41000`,
    },
    {
      why: 'upload shares are not built, and no row fills the link',
      codes: `
        downloadFileViaTokenPublic: -50002`,
    },
    {
      why: 'a plain link takes any password, and encrypted ones are not built',
      codes: `
        generateDownloadUrlPublic: -50008`,
    },
    {
      why: 'no row asks for what is not there in this way',
      codes: `
        generateDownloadUrlPublic: -50000`,
    },
  ],
}
