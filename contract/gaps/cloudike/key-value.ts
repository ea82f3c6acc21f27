import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'key-value' and not reached. */
export const keyValue: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'every member reads every key',
      operations: `
        keyvalue`,
    },
    {
      status: 404,
      why: 'a key that is not there is made',
      operations: `
        keyvalueSet`,
    },
  ],
}
