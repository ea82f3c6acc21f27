import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'key-value' and not reached. */
export const keyValue: Gaps = {
  notBuilt: [
    {
      missing: 'the key-value store is not built',
      operations: `
        keyvalue
        keyvalueSet`,
    },
  ],
  unreached: [],
}
