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
  unreachedCodes: [
    {
      why: 'policies of rooms and classifications are not built',
      codes: `
        createDownloadShare: -80064`,
    },
    {
      why: 'encrypted rooms are not built',
      codes: `
        createDownloadShare: -50003, -50004, -50005, -50006, -70020, -70022, -70023, -80062`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        createDownloadShare: -10013, -80009, -80023, -80024, -80040
        requestDownloadShare: -80024`,
    },
    {
      why: 'no row has such a date for it',
      codes: `
        createDownloadShare: -80008`,
    },
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        removeDownloadShare: -41000
        deleteDownloadShares: -41000`,
    },
  ],
}
