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
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        cancelFileUploadByToken`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        completeFileUploadByToken
        uploadFileByTokenAsMultipart_1
        cancelFileUploadByToken`,
    },
    {
      status: 507,
      why: 'opening the channel proves the quota; no row fills the room or the disk later',
      operations: `
        completeFileUploadByToken
        uploadFileByTokenAsMultipart_1
        cancelFileUploadByToken`,
    },
  ],
}
