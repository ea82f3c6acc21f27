import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for recycle bins, versions, comments, favourites and search, and not reached. */
export const nodesTrash: Gaps = {
  notBuilt: [],
  unreached: [],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        removeDeletedNodes: -40000, -41000
        restoreNodes: 0, -41000
        requestDeletedNode: -40000, -41000
        requestDeletedNodesSummary: -41000
        emptyDeletedNodes: -41000
        requestDeletedNodeVersions: -41000`,
    },
    {
      why: 'no row has an encrypted room',
      codes: `
        removeDeletedNodes: -70020
        restoreNodes: -40002, -40013, -70020
        emptyDeletedNodes: -70020`,
    },
  ],
}
