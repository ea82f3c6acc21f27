import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'shares' and not reached. */
export const shares: Gaps = {
  notBuilt: [
    {
      missing: 'upload shares, changing a download share, QR codes and mails are not built',
      operations: `
        updateDownloadShares
        updateDownloadShare
        sendDownloadShareLinkViaEmail
        requestDownloadShareQr
        requestUploadShares
        updateUploadShares
        createUploadShare
        deleteUploadShares
        requestUploadShare
        updateUploadShare
        removeUploadShare
        sendUploadShareLinkViaEmail
        requestUploadShareQr`,
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        removeDownloadShare`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        deleteDownloadShares
        requestDownloadShare
        removeDownloadShare`,
    },
    {
      status: 502,
      why: 'mails and messages are not sent',
      operations: `
        createDownloadShare`,
    },
  ],
}
