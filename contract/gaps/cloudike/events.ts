import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'events' and not reached. */
export const events: Gaps = {
  notBuilt: [
    {
      missing: 'the stream of events is not served by this API',
      operations: `
        events
        checkWs`,
    },
  ],
  unreached: [],
}
