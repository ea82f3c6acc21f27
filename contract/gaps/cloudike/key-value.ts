import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'key-value' and not reached. */
export const keyValue: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 404,
      why: 'writing a key that is not there makes it',
      operations: `
        keyvalueSet`,
    },
  ],
}
