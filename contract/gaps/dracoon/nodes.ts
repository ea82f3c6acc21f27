import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'nodes' and not reached. */
export const nodes: Gaps = {
  notBuilt: [
    {
      missing:
        'comments, trash, versions, favourites, keys, guests, search, archives are not served',
      operations: `
        updateNodeComment
        removeNodeComment
        removeDeletedNodes
        restoreNodes
        requestDeletedNode
        updateFavorites
        updateFiles
        setUserFileKeys
        requestFileVersionList
        requestRoomRescueKey
        requestSystemRescueKey
        requestUserFileKey
        requestMissingFileKeys
        requestPendingAssignments
        changePendingAssignments
        encryptRoom
        requestRoomGroups
        updateRoomGroups
        revokeRoomGroups
        addRoomGuestUsers
        requestRoomRescueKeyPair
        setRoomRescueKeyPair
        removeRoomRescueKeyPair
        requestRoomRescueKeyPairs
        createAndPreserveRoomRescueKeyPair
        requestRoomPolicies
        setRoomPolicies
        requestRoomS3Tags
        setRoomS3Tags
        requestListOfWebhooksForRoom
        handleRoomWebhookAssignments
        searchNodes
        generateDownloadUrlForZipArchive
        downloadZipArchive
        requestNodeComments
        createNodeComment
        requestDeletedNodesSummary
        emptyDeletedNodes
        requestDeletedNodeVersions
        addFavorite
        removeFavorite`,
    },
  ],
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
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        requestUploadStatusFiles
        completeFileUpload
        cancelFileUpload
        removeNode
        requestNodeParents`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where one is needed',
      operations: `
        requestUploadStatusFiles
        completeFileUpload
        uploadFileAsMultipart
        cancelFileUpload
        completeS3FileUpload
        generatePresignedUrlsFiles
        generateDownloadUrl
        requestNode
        requestNodeParents`,
    },
    {
      status: 409,
      why: 'no row makes the clash',
      operations: `
        completeS3FileUpload
        configureRoom`,
    },
    {
      status: 507,
      why: 'opening the channel proves the quota; no row fills the room or the disk later',
      operations: `
        completeFileUpload
        uploadFileAsMultipart
        generatePresignedUrlsFiles
        copyNodes
        moveNodes`,
    },
  ],
}
