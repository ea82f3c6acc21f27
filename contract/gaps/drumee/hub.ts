import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'hub' and not reached. */
export const hub: Gaps = {
  notBuilt: [
    {
      missing: 'members of hubs are not administered by this API',
      operations: `
        hub.get_attributes
        hub.get_members_by_type
        hub.add_contributors
        hub.delete_contributor
        hub.set_member_privilege`,
    },
  ],
  unreached: [],
}
