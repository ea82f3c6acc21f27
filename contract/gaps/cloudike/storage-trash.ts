import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented for bin, versions, favourites and comments, and not reached. */
export const storageTrash: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 404,
      why: 'every account has a home and with it a bin, which may be empty',
      operations: `
        trash`,
    },
  ],
}
