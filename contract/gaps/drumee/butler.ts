import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'butler' and not reached. */
export const butler: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'open to everybody, and it changes nothing',
      operations: `
        butler.hello
        butler.check_token`,
    },
  ],
}
