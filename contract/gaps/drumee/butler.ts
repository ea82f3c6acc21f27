import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'butler' and not reached. */
export const butler: Gaps = {
  notBuilt: [
    {
      missing: 'helping with forgotten passwords is not built',
      operations: `
        butler.hello
        butler.get_reset_token
        butler.check_token
        butler.set_password
        butler.set_pass_phrase`,
    },
  ],
  unreached: [],
}
