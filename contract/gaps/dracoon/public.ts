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
        requestPublicDownloadShareInfo
        generateDownloadUrlPublic
        checkPublicDownloadSharePassword
        downloadFileViaTokenPublic
        downloadFileViaTokenPublic_1
        requestActiveDirectoryAuthInfo
        requestOpenIdAuthInfo`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        checkPublicDownloadSharePassword`,
    },
  ],
}
