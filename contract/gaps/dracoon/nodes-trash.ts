import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for recycle bins, versions, comments, favourites and search, and not reached. */
export const nodesTrash: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'who sees a node may mark it; who does not is told that it is not there',
      operations: `
        addFavorite
        removeFavorite
        updateFavorites`,
    },
    {
      status: 409,
      why: 'neither class nor end of a file clashes with anything',
      operations: `
        updateFiles`,
    },
    {
      status: 200,
      why: 'the objects of the byte store bear no tags',
      operations: `
        requestRoomS3Tags`,
    },
    {
      status: 201,
      why: 'the objects of the byte store bear no tags',
      operations: `
        setRoomS3Tags`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        removeDeletedNodes: -40000, -41000
        restoreNodes: 0, -41000
        requestDeletedNode: -40000, -41000
        requestDeletedNodesSummary: -41000
        emptyDeletedNodes: -41000
        requestDeletedNodeVersions: -41000
        updateNodeComment: -41000
        removeNodeComment: -41000
        addFavorite: -40000
        removeFavorite: -40000
        updateFavorites: -40000
        requestRoomS3Tags: -41000
        searchNodes: -41000
        setRoomS3Tags: -41000`,
    },
    {
      why: 'the objects of the byte store bear no tags: all that is said is -90032',
      codes: `
        requestRoomS3Tags: -90029, -90030
        setRoomS3Tags: -90029, -90030`,
    },
    {
      why: 'it answers on every byte store',
      codes: `
        requestFileVersionList: -90030`,
    },
    {
      why: 'no policy of ends and classes is kept that a row could break',
      codes: `
        updateFiles: -80064`,
    },
    {
      why: 'no row has an encrypted room',
      codes: `
        removeDeletedNodes: -70020
        restoreNodes: -70020
        emptyDeletedNodes: -70020`,
    },
  ],
}
