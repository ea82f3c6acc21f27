import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'hub' and not reached. */
export const hub: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'who sees a hub reads it and its members',
      operations: `
        hub.get_attributes
        hub.get_members_by_type`,
    },
  ],
}
