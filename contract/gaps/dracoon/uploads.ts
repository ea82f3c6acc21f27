import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'uploads' and not reached. */
export const uploads: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 200,
      why: 'a chunk by token is answered 201; no upload by token answers 200',
      operations: `
        uploadFileByTokenAsMultipart_1`,
    },
    {
      status: 202,
      why: 'finishing takes no time here',
      operations: `
        completeFileUploadByToken`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        uploadFileByTokenAsMultipart_1
        cancelFileUploadByToken`,
    },
    {
      status: 507,
      why: 'opening the channel proves the quota; no row fills the room or the disk later',
      operations: `
        cancelFileUploadByToken`,
    },
  ],
  unreachedCodes: [
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        uploadFileByTokenAsMultipart_1: -80037, -90033
        completeFileUploadByToken: -90033`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        completeFileUploadByToken: -80007`,
    },
    {
      why: 'no row fills the link to its bound',
      codes: `
        uploadFileByTokenAsMultipart_1: -50506
        completeFileUploadByToken: -50503, -50506`,
    },
    {
      why: 'no row asks for what is not there in this way',
      codes: `
        completeFileUploadByToken: -50501, -70501
        uploadFileByTokenAsMultipart_1: -50501
        cancelFileUploadByToken: -50501`,
    },
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        uploadFileByTokenAsMultipart_1: -40000, -41000
        completeFileUploadByToken: -40751, -41000
        cancelFileUploadByToken: -40000, -41000`,
    },
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        cancelFileUploadByToken: -90033`,
    },
    {
      why: 'no row fills the link to its bound',
      codes: `
        cancelFileUploadByToken: -50506`,
    },
    {
      why: 'no row makes this state for it',
      codes: `
        uploadFileByTokenAsMultipart_1: -50504, -90200, -90201`,
    },
    {
      why: 'the rooms of the rows are full before the tenant or the disk is',
      codes: `
        completeFileUploadByToken: -50504, -90200, -90201`,
    },
  ],
}
