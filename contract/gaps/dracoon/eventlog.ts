import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'eventlog' and not reached. */
export const eventlog: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 404,
      why: 'events are asked for by their facts; nothing is looked up',
      operations: `
        requestLogEventsAsJson`,
    },
  ],
  unreachedCodes: [
    {
      why: 'the row reaches the code that stands first for what is not there',
      codes: `
        requestAuditNodeInfo: -41000`,
    },
  ],
}
