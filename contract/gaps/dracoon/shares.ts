import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'shares' and not reached. */
export const shares: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 204,
      why: 'a change is answered by 200',
      operations: `
        updateDownloadShares`,
    },
    {
      status: 403,
      why: 'who may not manage a share does not see it, and who has its key needs nothing else',
      operations: `
        sendDownloadShareLinkViaEmail
        sendUploadShareLinkViaEmail`,
    },
    {
      status: 502,
      why: 'a change of several shares names nobody to whom text messages would go',
      operations: `
        updateDownloadShares
        updateUploadShares`,
    },
  ],
  unreachedCodes: [
    {
      why: 'settings of a tenant hold after seconds, and rows do not wait; core asks for it',
      codes: `
        createDownloadShare: -80064`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        createDownloadShare: -80009, -80023, -80024
        requestDownloadShare: -80024`,
    },
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        removeDownloadShare: -41000
        deleteDownloadShares: -41000`,
    },
    {
      why: 'settings of a tenant hold after seconds, and rows do not wait; core asks for it',
      codes: `
        updateDownloadShare: -80064`,
    },
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        updateDownloadShare: -50003
        createUploadShare: -70020`,
    },
    {
      why: 'a share stands and falls with its node: what is gone is the share',
      codes: `
        updateDownloadShare: -41000
        updateUploadShares: -40000, -41000
        createUploadShare: -41000
        deleteUploadShares: -40000
        updateUploadShare: -40000, -41000
        removeUploadShare: -40000`,
    },
    {
      why: 'it takes no range',
      codes: `
        requestDownloadShareQr: -80024
        createUploadShare: -80024
        requestUploadShare: -80024
        requestUploadShareQr: -80024`,
    },
    {
      why: 'a share makes no path longer',
      codes: `
        createUploadShare: -41200`,
    },
  ],
}
