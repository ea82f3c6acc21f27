import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for bin, versions, favourites and comments, and not reached. */
export const storageTrash: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 404,
      why: 'everybody has a home',
      operations: `
        trash`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the same rule as for one, whose row proves it',
      codes: `
        trashRestoreSeveral: FileAlreadyExists
        trashRestoreFromShared: FileAlreadyExists`,
    },
    {
      why: 'who lacks the right is told Forbidden, or what stands for it here',
      codes: `
        trashFromShared: ShareForbidden
        trashRestoreFromShared: ShareForbidden`,
    },
  ],
}
