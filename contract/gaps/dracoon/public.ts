import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'public' and not reached. */
export const publicSide: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 202,
      why: 'the hash is there when an upload ends',
      operations: `
        completeFileUploadViaShare`,
    },
    {
      status: 403,
      why: 'who may not manage a share does not see it, and who has its key needs nothing else',
      operations: `
        completeFileUploadViaShare
        generatePresignedUrlsPublic`,
    },
    {
      status: 200,
      why: 'a chunk is answered by 201',
      operations: `
        uploadFileAsMultipartPublic_1`,
    },
    {
      status: 507,
      why: 'nothing is stored there',
      operations: `
        cancelFileUploadViaShare`,
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
      why: 'no row fills the link to its bound',
      codes: `
        downloadFileViaTokenPublic: -50002`,
    },
    {
      why: 'no row asks for what is not there in this way',
      codes: `
        generateDownloadUrlPublic: -50000`,
    },
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        requestPublicUploadShareInfo: -50505
        createShareUploadChannel: -50505, -80037
        completeFileUploadViaShare: -40763, -50505, -70501
        uploadFileAsMultipartPublic_1: -50505, -80037
        completeS3FileUploadViaShare: -40763, -50505, -70501`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        createShareUploadChannel: -80007
        completeFileUploadViaShare: -80007
        completeS3FileUploadViaShare: -80007`,
    },
    {
      why: 'the rooms of the rows are full before the tenant or the disk is',
      codes: `
        createShareUploadChannel: -90200, -90201
        generatePresignedUrlsPublic: -90200, -90201
        completeFileUploadViaShare: -90200, -90201
        uploadFileAsMultipartPublic_1: -90200, -90201`,
    },
    {
      why: 'a channel for chunks has a status too',
      codes: `
        requestUploadStatusPublic: -90034`,
    },
    {
      why: 'a share stands and falls with its node: what is gone is the share',
      codes: `
        requestUploadStatusPublic: -40000, -41000
        completeFileUploadViaShare: -40751, -41000
        completeS3FileUploadViaShare: -40751, -41000
        generatePresignedUrlsPublic: -40000, -41000`,
    },
    {
      why: 'the chunks were refused before',
      codes: `
        completeFileUploadViaShare: -40200`,
    },
    {
      why: 'only the end of an upload counts against the slots',
      codes: `
        uploadFileAsMultipartPublic_1: -50506
        cancelFileUploadViaShare: -50506
        completeS3FileUploadViaShare: -50506`,
    },
  ],
}
