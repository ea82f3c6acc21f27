import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'contact' and not reached. */
export const contact: Gaps = {
  notBuilt: [
    {
      missing: 'contacts are not built',
      operations: `
        contact.connection_status`,
    },
  ],
  unreached: [],
}
