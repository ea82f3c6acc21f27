import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'nodes' and not reached. */
export const nodes: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 202,
      why: 'finishing takes no time here',
      operations: `
        completeFileUpload`,
    },
    {
      status: 204,
      why: 'answered under a condition that no row makes (the other success status is reached)',
      operations: `
        copyNodes
        moveNodes`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        requestUploadStatusFiles
        uploadFileAsMultipart
        cancelFileUpload
        requestNode
        requestNodeParents`,
    },
    {
      status: 409,
      why: 'no row makes the clash',
      operations: `
        configureRoom`,
    },
  ],
  unreachedCodes: [
    {
      why: 'what is chosen for an archive may be of any kind; the node is what is not found',
      codes: `
        generateDownloadUrlForZipArchive: -40000
        downloadZipArchive: -40000`,
    },
    {
      why: 'no row has an encrypted room',
      codes: `
        generateDownloadUrlForZipArchive: -40002
        downloadZipArchive: -40002`,
    },
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        createFolder: -41000
        requestUploadStatusFiles: -40000, -41000
        completeS3FileUpload: -40000, -41000
        generatePresignedUrlsFiles: -40000, -41000
        updateRoomUsers: -41000
        createRoom: -41000
        configureRoom: -41000
        createFileUploadChannel: -41000
        uploadFileAsMultipart: -40000, -41000
        revokeRoomUsers: -41000
        copyNodes: -40000, -41000
        moveNodes: -40000, -41000
        cancelFileUpload: -40000, -41000
        requestRoomUsers: -41000
        requestNodes: -41000
        completeFileUpload: -40751, -41000
        requestRoomActivitiesLogAsJson: -41000
        requestNode: -40000, -40751
        removeNode: -40000, -40751
        requestNodeParents: -40000, -40751
        removeNodes: -40000`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        moveNodes: -80007
        updateFile: -41200
        configureRoom: -40755, -41200, -80007
        copyNodes: -80007
        updateFolder: -41200
        updateRoom: -41200
        completeS3FileUpload: -80007
        createFileUploadChannel: -41200`,
    },
    {
      why: 'no row makes this state of a room',
      codes: `
        configureRoom: -40016`,
    },
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        moveNodes: -70020
        removeNode: -70020
        createFileUploadChannel: -70020, -80037, -90033
        copyNodes: -70020
        removeNodes: -70020
        uploadFileAsMultipart: -80037`,
    },
    {
      why: 'no row makes this state for it',
      codes: `
        createFileUploadChannel: -90200, -90201`,
    },
    {
      why: 'no row asks for what is not there in this way',
      codes: `
        requestUploadStatusFiles: -90034
        completeS3FileUpload: -20503, -90034
        generatePresignedUrlsFiles: -20503
        revokeRoomUsers: -70501`,
    },
    {
      why: 'no row makes a policy that it breaks',
      codes: `
        updateFile: -80064`,
    },
    {
      why: 'parts go straight to the store or to us, whichever is there',
      codes: `
        generatePresignedUrlsFiles: -90030
        requestUploadStatusFiles: -90030
        completeS3FileUpload: -90030
        createFileUploadChannel: -90030`,
    },
    {
      why: 'no row makes the encrypted state that it needs',
      codes: `
        completeFileUpload: -90033`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        completeFileUpload: -80007`,
    },
    {
      why: 'addresses of webhooks are checked when they are made',
      codes: `
        handleRoomWebhookAssignments: -80010`,
    },
    {
      why: 'no row makes this state for it',
      codes: `
        uploadFileAsMultipart: -90200, -90201
        copyNodes: -90200, -90201
        moveNodes: -90200, -90201`,
    },
    {
      why: 'who lacks the right has no code; the key pair is not what is missing',
      codes: `
        generateDownloadUrl: -70020`,
    },
    {
      why: 'the rooms of the rows are full before the tenant or the disk is',
      codes: `
        completeFileUpload: -90200, -90201
        generatePresignedUrlsFiles: -90200, -90201`,
    },
    {
      why: 'a room or folder in the way shows at the end, and the status tells of it',
      codes: `
        completeS3FileUpload: -40010`,
    },
  ],
}
