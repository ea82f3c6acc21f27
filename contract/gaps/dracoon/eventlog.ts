import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'eventlog' and not reached. */
export const eventlog: Gaps = {
  notBuilt: [
    {
      missing: 'audit reports are not served; events are kept',
      operations: `
        requestAuditNodeInfo
        requestAuditNodeUserData
        requestLogEventsAsJson
        requestLogOperations`,
    },
  ],
  unreached: [],
}
