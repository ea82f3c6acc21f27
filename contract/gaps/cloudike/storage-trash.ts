import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for bin, versions, favourites and comments, and not reached. */
export const storageTrash: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 304,
      why: 'the same listing as trashFromShared, whose row proves it',
      operations: `
        trash`,
    },
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
        trashRestoreFromShared: FileAlreadyExists
        workflowCommentEdit: UserNotFound
        workflowCommentDelete: FileNotFound
        workflowCommentUpdateTaskStatus: FileNotFound`,
    },
    {
      why: 'who lacks the right is told Forbidden, or what stands for it here',
      codes: `
        trashFromShared: ShareForbidden
        trashRestoreFromShared: ShareForbidden`,
    },
  ],
}
